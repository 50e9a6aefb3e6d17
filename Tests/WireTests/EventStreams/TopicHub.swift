import HTTP
import Synchronization
import Wire

/// The subscribers of one loop: it lives there, so that an event reaches all of them in one turn.
actor TopicHub {
  private nonisolated let loop: Loop
  private var streams: [String: [Int: EventStream]] = [:]
  private var lastID = 0
  /// What was offered to streams that had ended.
  private(set) var refused = 0

  nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe loop.asUnownedSerialExecutor() }

  init(on loop: Loop) {
    self.loop = loop
  }

  var count: Int { streams.values.reduce(0) { $0 + $1.count } }

  func add(_ stream: EventStream, to topic: String) -> Int {
    lastID += 1
    streams[topic, default: [:]][lastID] = stream
    return lastID
  }

  func remove(_ id: Int, from topic: String) {
    streams[topic]?[id] = nil
  }

  func publish(_ event: EncodedEvent, to topic: String) {
    for stream in (streams[topic] ?? [:]).values where !stream.offer(event) { refused += 1 }
  }
}

/// One hub for each loop, and the route that subscribes: `/{topic}`.
final class TopicHubs: Sendable {
  private let hubs = Mutex<[ObjectIdentifier: TopicHub]>([:])

  var all: [TopicHub] { hubs.withLock { Array($0.values) } }

  var router: Router {
    .only(.get, "/{topic}") { [self] request in
      let topic = request.parameters["topic"] ?? ""
      return .events { [self] stream in
        let hub = hub(on: stream.loop)
        let id = await hub.add(stream, to: topic)
        _ = await stream.untilEnded()
        await hub.remove(id, from: topic)
      }
    }
  }

  func publish(_ text: String, id: Int, to topic: String) async {
    let event = EncodedEvent(ServerSentEvent(id: "\(id)", event: topic, text: text))
    for hub in all { await hub.publish(event, to: topic) }
  }

  func count() async -> Int {
    var count = 0
    for hub in all { count += await hub.count }
    return count
  }

  func refused() async -> Int {
    var refused = 0
    for hub in all { refused += await hub.refused }
    return refused
  }

  private func hub(on loop: Loop) -> TopicHub {
    hubs.withLock { hubs in
      if let hub = hubs[ObjectIdentifier(loop)] { return hub }
      let hub = TopicHub(on: loop)
      hubs[ObjectIdentifier(loop)] = hub
      return hub
    }
  }
}
