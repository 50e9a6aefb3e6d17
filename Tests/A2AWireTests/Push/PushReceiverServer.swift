import A2A
import A2AWire
import HTTP
import Synchronization
import Telemetry
import TestSupport
import Wire

/// Somebody who is told about tasks: answers as its script says, one entry for each request, and 200 behind its end.
final class PushReceiverServer: Sendable {
  enum Answer: Sendable {
    case status(Int)
    /// Elsewhere on this receiver.
    case redirect
    /// None, for as long as the sender waits.
    case hang
  }

  struct Received: Sendable {
    let path: String
    let fields: HTTPFields
    let text: String
  }

  private let script: Mutex<[Answer]>
  private let kept = Mutex<[Received]>([])

  private init(_ script: [Answer]) {
    self.script = Mutex(script)
  }

  var received: [Received] { kept.withLock { $0 } }

  /// Runs a receiver and a sender; `configure` says how the sender goes about it.
  static func run(
    _ script: [Answer], time: PushTime = PushTime(), configure: (inout PushOptions) -> Void = { _ in },
    _ body: (PushSetting) async throws -> Void
  ) async throws {
    ProcessSetup.prepare()
    let receiver = PushReceiverServer(script)
    var router = Router()
    router.on(.post, "/{path...}") { request in try await receiver.answer(request) }
    let log = EndpointLog()
    let metrics = MetricsRegistry()
    let logger = Log(sink: log, minimumLevel: .debug, clock: { 0 })
    let quiet = Log(sink: DiscardSink(), clock: { 0 })
    let server = Server(loops: 1, telemetry: ServerTelemetry(log: quiet, metrics: MetricsRegistry()))
    let listener = ListenerConfiguration(
      name: "receiver", address: try SocketAddress(host: "127.0.0.1", port: 0),
      security: .tls(try TLSConfiguration(identity: EndpointCertificates.server())), router: router)
    let port = try await server.start([listener])[0].port
    let loop = try await Loop.start(name: "sender")
    var options = PushOptions()
    options.allowsPrivateAddresses = true
    options.attemptWithin = .seconds(60)
    configure(&options)
    let sender = try PushSender(
      loop: loop, tls: EndpointCertificates.clientTLS(nil), options: options, surroundings: time.surroundings,
      telemetry: PushTelemetry(log: logger, metrics: metrics))
    let setting = PushSetting(
      receiver: receiver, sender: sender, url: "https://localhost:\(port)/hook", log: log, metrics: metrics, time: time)
    let outcome: Result<Void, any Error>
    do {
      outcome = .success(try await body(setting))
    } catch {
      outcome = .failure(error)
    }
    time.flow()
    await sender.finish(within: .zero)
    await server.stop(grace: .zero)
    await loop.stop()
    try outcome.get()
  }

  private func answer(_ request: Request) async throws -> Response {
    let body = try await request.body.collect()
    let received = Received(
      path: request.head.target.path, fields: request.head.fields, text: String(decoding: body, as: UTF8.self))
    kept.withLock { $0.append(received) }
    switch script.withLock({ $0.isEmpty ? .status(200) : $0.removeFirst() }) {
    case .status(let code):
      return Response(HTTPStatus(code: code))
    case .redirect:
      return Response(.temporaryRedirect, fields: HTTPFields([("location", "/elsewhere")]))
    case .hang:
      try await Task.sleep(for: .seconds(3600))
      return Response()
    }
  }
}

/// A receiver, a sender, and what is known of them.
struct PushSetting {
  let receiver: PushReceiverServer
  let sender: PushSender
  let url: String
  let log: EndpointLog
  let metrics: MetricsRegistry
  let time: PushTime

  func config(_ id: String = "p", task: String = "t") -> PushConfig {
    PushConfig(url: url, id: id, taskID: task)
  }

  /// Sends an artifact with this text.
  func send(_ text: String, to config: PushConfig? = nil, version: ProtocolVersion = .v1) {
    let config = config ?? self.config()
    let id = config.taskID ?? "t"
    let update = TaskEvent.ArtifactUpdate(taskID: id, contextID: "c", artifact: Artifact(id: "a", parts: [.text(text)]))
    let task = AgentTask(id: id, contextID: "c", status: TaskStatus(.working))
    sender.send(.artifact(update), of: task, to: config, version: version)
  }

  /// The texts that came, in order.
  var texts: [String] {
    receiver.received.compactMap { received in
      guard case .artifact(let update)? = try? TaskEvent(readingPushBody: Array(received.text.utf8)),
        case .text(let text)? = update.artifact.parts.first?.content
      else { return nil }
      return text
    }
  }

  func count(_ outcome: String) -> Int {
    let text = String(decoding: metrics.render(), as: UTF8.self)
    let prefix = #"signalbox_push_notifications_total{outcome="\#(outcome)"} "#
    let line = text.split(separator: "\n").first { $0.hasPrefix(prefix) }
    return line.flatMap { Int($0.dropFirst(prefix.count)) } ?? 0
  }
}
