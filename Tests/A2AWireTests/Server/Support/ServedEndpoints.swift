import A2A
import A2AWire
import HTTP
import JSON
import Synchronization
import Telemetry
import TestSupport
import Wire

/// A real server with A2A endpoints on a free port, what stands behind them, and what it logs.
struct ServedEndpoints {
  let server: Server
  let port: Int
  let tasks: MemoryTasks
  let log: EndpointLog
  let metrics: MetricsRegistry

  /// Starts, runs `body`, and stops, whatever happens.
  @discardableResult
  static func run<Value>(
    prefix: String = "", options: EndpointOptions = EndpointOptions(), card: AgentCard = .testing,
    asksForCertificates: Bool = true, isPublished: Bool = true, bystander: ((inout Router) -> Void)? = nil,
    _ body: (ServedEndpoints) async throws -> Value
  ) async throws -> Value {
    ProcessSetup.prepare()
    let log = EndpointLog()
    let metrics = MetricsRegistry()
    let tasks = MemoryTasks(card: card)
    let logger = Log(sink: log, minimumLevel: .debug, clock: { 0 })
    let telemetry = EndpointTelemetry(log: logger, metrics: metrics)
    let endpoints = A2AEndpoints(tasks, options: options, telemetry: telemetry)
    var router = Router()
    endpoints.install(into: &router, under: prefix)
    bystander?(&router)
    let server = Server(loops: 1, telemetry: ServerTelemetry(log: logger, metrics: metrics))
    let clients: ClientCertificates =
      asksForCertificates ? .required(try EndpointCertificates.trust()) : .none
    let listener = ListenerConfiguration(
      name: "agent", address: try SocketAddress(host: "127.0.0.1", port: 0),
      security: .tls(try TLSConfiguration(identity: EndpointCertificates.server(), clients: clients)), router: router)
    let port = try await server.start([listener])[0].port
    if isPublished { endpoints.publish(origin: "https://localhost:\(port)") }
    let served = ServedEndpoints(server: server, port: port, tasks: tasks, log: log, metrics: metrics)
    do {
      let value = try await body(served)
      await server.stop(grace: .seconds(5))
      return value
    } catch {
      await server.stop(grace: .zero)
      throw error
    }
  }

  /// The value of a metric, such as `signalbox_a2a_streams_open`.
  func metric(_ name: String) -> Int? {
    let text = String(decoding: metrics.render(), as: UTF8.self)
    let line = text.split(separator: "\n").first { $0.hasPrefix(name + " ") }
    return line.flatMap { Int($0.split(separator: " ").last ?? "") }
  }
}

/// Log lines, kept.
final class EndpointLog: LogSink {
  private let kept = Mutex<[String]>([])

  func write(_ line: [UInt8]) {
    kept.withLock { $0.append(String(decoding: line, as: UTF8.self)) }
  }

  var lines: [String] { kept.withLock { $0 } }
}

extension AgentCard {
  /// Everything is offered.
  static var testing: AgentCard {
    var card = AgentCard(
      name: "Tester", description: "Does what the text says.", version: "1.0",
      interfaces: [AgentInterface(url: "https://elsewhere.example", binding: .jsonRPC)],
      skills: [AgentSkill(id: "test", name: "Test", description: "Tests.", tags: ["test"])])
    card.capabilities = AgentCapabilities(streaming: true, pushNotifications: true, extendedAgentCard: true)
    return card
  }
}

/// Something else came than was expected; the text says what.
struct Unexpected: Error {
  let text: String
  init(_ text: String) { self.text = text }
}
