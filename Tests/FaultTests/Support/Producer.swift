import HTTP
import JSON
import Testing
import Wire

/// Publishes numbered events of one task, as a system would that must not lose any: it counts what it sends, and sends again what
/// was not acknowledged. Event `n` is `{"n":n,…}`; the gateway's own first record stands before them, so it has the number `n + 1`.
struct Producer {
  let clients: Clients
  private(set) var port: Int
  let task: String
  /// The places of the first record and of the last that was acknowledged.
  let beginning: String
  private(set) var cursor: String
  private let pad: String
  /// How many the gateway has said that it has.
  private(set) var acknowledged = 0
  /// How often something had to be sent again.
  private(set) var retries = 0

  /// Opens a task.
  /// - Parameter padding: bytes that each event has besides its number.
  static func open(_ clients: Clients, _ port: Int, task: String, padding: Int = 20) async throws -> Producer {
    var writer = JSONWriter()
    writer.object { body in
      body.member("agent", "producer")
      body.member("id", task)
      body.member("title", "A task of the fault tests")
    }
    let request = ClientRequest(
      .post, try Clients.url(port, "/ingest/tasks"), fields: HTTPFields([("content-type", "application/json")]),
      body: .bytes(writer.bytes))
    let (status, body) = try await Self.send(request, by: clients)
    try #require(status.code == 201, "\(status): \(String(decoding: body, as: UTF8.self))")
    let cursor = try #require(try JSONValue(parsing: body)["cursor"]?.string)
    return Producer(
      clients: clients, port: port, task: task, beginning: cursor, pad: String(repeating: "x", count: padding))
  }

  private init(clients: Clients, port: Int, task: String, beginning: String, pad: String) {
    self.clients = clients
    self.port = port
    self.task = task
    self.beginning = beginning
    cursor = beginning
    self.pad = pad
  }

  /// Publishes so many more events, in one request, and returns when they are acknowledged.
  mutating func publish(_ count: Int, state: String? = nil) async throws {
    while true {
      switch try await attempt(count, state: state) {
      case .acknowledged(let cursor):
        acknowledged += count
        if let cursor { self.cursor = cursor }
        return
      case .unknown:
        retries += 1
        try await Pause.beforeRetry()
      case .refused(let status, let text):
        throw Refused(status: status, text: text)
      }
    }
  }

  /// The same producer, that has found the gateway elsewhere.
  func moved(to port: Int) -> Producer {
    var copy = self
    copy.port = port
    return copy
  }

  /// Ends the task with a last event.
  mutating func finish() async throws {
    try await publish(1, state: "completed")
  }

  enum Outcome {
    case acknowledged(cursor: String?)
    /// The connection broke, or the gateway cannot: it may have them or not.
    case unknown
    case refused(HTTPStatus, String)
  }

  /// Sends the next events once.
  func attempt(_ count: Int, state: String? = nil) async throws -> Outcome {
    var lines: [UInt8] = []
    for number in acknowledged + 1...acknowledged + count {
      lines += Array(#"{"n":\#(number),"pad":"\#(pad)"}\#n"#.utf8)
    }
    let query = state.map { "?state=\($0)" } ?? ""
    let fields = HTTPFields([
      ("content-type", "application/x-ndjson"), ("producer-id", "p"), ("producer-epoch", "1"),
      ("producer-seq", "\(acknowledged + 1)"),
    ])
    let request = ClientRequest(
      .post, try Clients.url(port, "/ingest/tasks/\(task)/events\(query)"), fields: fields, body: .bytes(lines))
    do {
      let (status, body) = try await Self.send(request, by: clients)
      // It is about to go: whoever comes after it will know.
      if status.code == 503 { return .unknown }
      guard [200, 201].contains(status.code) else { return .refused(status, String(decoding: body, as: UTF8.self)) }
      return .acknowledged(cursor: try JSONValue(parsing: body)["cursor"]?.string)
    } catch is ClientError {
      return .unknown
    }
  }

  private static func send(_ request: ClientRequest, by clients: Clients) async throws -> (HTTPStatus, [UInt8]) {
    let response = try await clients.producer.send(request)
    return (response.status, try await response.body.collect(limit: 1 << 20))
  }
}
