import HTTP
import Identity
import JSON
import Synchronization
import Telemetry
import TestSupport
import Wire

/// Somebody who is told about tasks by push notifications, over TLS.
final class PushReceiver: Sendable {
  struct Told: Sendable {
    let path: String
    let fields: HTTPFields
    let body: [UInt8]
    let isTaken: Bool
  }

  private struct State {
    var told: [Told] = []
    var takes = true
  }

  private let state = Mutex(State())

  /// Runs one with the station's certificate while `body` does, and gives its URL.
  static func run<Value>(
    _ station: Station, _ body: (PushReceiver, _ url: String) async throws -> Value
  ) async throws -> Value {
    ProcessSetup.prepare()
    let receiver = PushReceiver()
    let files = station.pki.layout.server
    var router = Router()
    router.on(.post, "/{path...}") { try await receiver.answer($0) }
    let server = Server(
      loops: 1,
      telemetry: ServerTelemetry(
        log: Log(sink: DiscardSink(), minimumLevel: .error, clock: { 0 }), metrics: MetricsRegistry()))
    let tls = try TLSConfiguration(
      identity: try TLSIdentity.load(chainFile: files.certificate, keyFile: files.key))
    let port = try await server.start([
      ListenerConfiguration(
        name: "receiver", address: try SocketAddress(host: "127.0.0.1", port: 0), security: .tls(tls), router: router)
    ])[0].port
    do {
      let value = try await body(receiver, "https://127.0.0.1:\(port)")
      await server.stop(grace: .zero)
      return value
    } catch {
      await server.stop(grace: .zero)
      throw error
    }
  }

  /// Whether it takes what it is told. What it does not take, it has to be told again.
  var takes: Bool {
    get { state.withLock { $0.takes } }
    set { state.withLock { $0.takes = newValue } }
  }
  var told: [Told] { state.withLock { $0.told } }

  /// What it has taken at this path, in order.
  func taken(at path: String) -> [JSONValue] {
    told.filter { $0.path == path && $0.isTaken }.compactMap { try? JSONValue(parsing: $0.body) }
  }

  private func answer(_ request: Request) async throws -> Response {
    let body = try await request.body.collect()
    let isTaken = state.withLock { state in
      state.told.append(
        Told(path: request.head.target.path, fields: request.head.fields, body: body, isTaken: state.takes))
      return state.takes
    }
    return Response(isTaken ? .noContent : HTTPStatus(code: 503))
  }
}

/// What was told of a task, held against what is stored.
enum PushCheck {
  /// How often it began again at an earlier event; nil when an event is missing, foreign or out of order, or the last was not told.
  static func repeats(in told: [JSONValue], of task: WorkedTask) -> Int? {
    let due = task.kinds("event").compactMap { $0["data"].map(text) }
    var place: Int?
    var repeats = 0
    for value in told {
      guard let index = due.firstIndex(of: text(value)) else { return nil }
      if let place, index != place + 1 {
        guard index <= place else { return nil }
        repeats += 1
      }
      place = index
    }
    return place == due.count - 1 ? repeats : nil
  }

  static func text(_ value: JSONValue) -> String {
    var writer = JSONWriter()
    writer.value(value)
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}
