import HTTP
import Synchronization
import Telemetry
import TestSupport
import Wire

@testable import Gateway

/// Somebody who is told about tasks by HTTPS. Answers as its script says, one entry for each request, and 204 behind its end.
final class PushHook: Sendable {
  enum Answer: Sendable {
    case status(Int)
    /// None, for as long as the sender waits.
    case hang
  }

  struct Received: Sendable {
    let path: String
    let fields: HTTPFields
    let body: [UInt8]
  }

  private let script: Mutex<[Answer]>
  private let kept = Mutex<[Received]>([])

  private init(_ script: [Answer]) {
    self.script = Mutex(script)
  }

  static func run<Value>(
    _ script: [Answer], _ files: TestCertificateFiles, _ body: (PushHook, _ url: String) async throws -> Value
  ) async throws -> Value {
    let hook = PushHook(script)
    var router = Router()
    router.on(.post, "/{path...}") { request in try await hook.answer(request) }
    let quiet = Log(sink: KeptLines(), clock: { 0 })
    let server = Server(loops: 1, telemetry: ServerTelemetry(log: quiet, metrics: MetricsRegistry()))
    let identity = try TLSIdentity.load(
      chainFile: files.certificate(server: .local), keyFile: files.key(server: .local))
    let listener = ListenerConfiguration(
      name: "hook", address: try SocketAddress(host: "127.0.0.1", port: 0),
      security: .tls(try TLSConfiguration(identity: identity)), router: router)
    let port = try await server.start([listener])[0].port
    do {
      let value = try await body(hook, "https://localhost:\(port)")
      await server.stop(grace: .zero)
      return value
    } catch {
      await server.stop(grace: .zero)
      throw error
    }
  }

  var received: [Received] { kept.withLock { $0 } }

  /// How it answers from now on.
  func answer(_ script: [Answer]) { self.script.withLock { $0 = script } }

  private func answer(_ request: Request) async throws -> Response {
    let body = try await request.body.collect()
    kept.withLock {
      $0.append(Received(path: request.head.target.path, fields: request.head.fields, body: body))
    }
    switch script.withLock({ $0.isEmpty ? .status(204) : $0.removeFirst() }) {
    case .status(let code): return Response(HTTPStatus(code: code))
    case .hang:
      try await Task.sleep(for: .seconds(3600))
      return Response()
    }
  }
}
