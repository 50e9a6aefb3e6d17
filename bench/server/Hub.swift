import HTTP
import Wire

/// The subscribers of one loop. It lives on that loop, so that an event reaches all of them without a hop.
actor Hub {
  enum Subscriber {
    case stream(EventStream)
    case socket(WebSocket)
  }

  private nonisolated let loop: Loop
  private var topics: [String: [Int: Subscriber]] = [:]
  private var lastID = 0
  /// What came since the last delivery, by topic.
  private var mailbox: [String: [(EncodedEvent, EncodedMessage)]] = [:]

  nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe loop.asUnownedSerialExecutor() }

  init(loop: Loop) {
    self.loop = loop
  }

  func add(_ subscriber: Subscriber, to topic: String) -> Int {
    lastID += 1
    topics[topic, default: [:]][lastID] = subscriber
    return lastID
  }

  func remove(_ id: Int, from topic: String) {
    topics[topic]?[id] = nil
    if topics[topic]?.isEmpty == true { topics[topic] = nil }
  }

  /// Delivers behind whatever else this turn of the loop brings: each subscriber is then written to once for all of it.
  func publish(_ event: EncodedEvent, _ message: EncodedMessage, to topic: String) {
    guard topics[topic] != nil else { return }
    if mailbox.isEmpty { Task { self.deliver() } }
    mailbox[topic, default: []].append((event, message))
  }

  private func deliver() {
    let due = mailbox
    mailbox = [:]
    for (topic, batch) in due {
      let event = batch.count == 1 ? batch[0].0 : EncodedEvent(joining: batch.map(\.0))
      let message = batch.count == 1 ? batch[0].1 : EncodedMessage(joining: batch.map(\.1))
      for subscriber in (topics[topic] ?? [:]).values {
        switch subscriber {
        case .stream(let stream): stream.offer(event)
        case .socket(let socket): socket.offer(message)
        }
      }
    }
  }
}
