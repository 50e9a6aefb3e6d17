import HTTP
import JSON
import Synchronization
import Telemetry
import TestSupport
import Wire

@testable import Gateway

/// Somebody to whom spans are sent: an HTTPS server that answers as its script says, and 200 behind its end.
final class SpanCollector: Sendable {
  /// A span as it was received.
  struct Received: Sendable {
    let service: String
    let span: JSONValue

    var name: String { span["name"]?.string ?? "" }
    var trace: String { span["traceId"]?.string ?? "" }
    var id: String { span["spanId"]?.string ?? "" }
    var parent: String? { span["parentSpanId"]?.string }
    var error: String? { span["status"]?["message"]?.string }

    func attribute(_ key: String) -> String? {
      let value = span["attributes"]?.elements.first { $0["key"]?.string == key }?["value"]
      return value?["stringValue"]?.string ?? value?["intValue"]?.string
    }
  }

  private let script: Mutex<[HTTPStatus]>
  private let kept = Mutex<[[Received]]>([])

  private init(_ script: [HTTPStatus]) {
    self.script = Mutex(script)
  }

  /// By request, those that were refused as well.
  var requests: [[Received]] { kept.withLock { $0 } }
  var spans: [Received] { requests.flatMap(\.self) }

  /// Runs a collector on a free port; `body` is told what to configure.
  static func run(
    _ script: [HTTPStatus] = [], _ body: (SpanCollector, WorkConfiguration) async throws -> Void
  ) async throws {
    ProcessSetup.prepare()
    let collector = SpanCollector(script)
    let files = try CertificateFiles.written()
    var router = Router()
    router.on(.post, "/v1/traces") { request in try await collector.answer(request) }
    let server = Server(
      loops: 1,
      telemetry: ServerTelemetry(log: Log(sink: DiscardSink(), clock: { 0 }), metrics: MetricsRegistry()))
    let identity = try TLSIdentity(CertificateFiles.certificates()[server: .local])
    let port = try await server.start([
      ListenerConfiguration(
        name: "collector", address: try SocketAddress(host: "127.0.0.1", port: 0),
        security: .tls(TLSConfiguration(identity: identity)), router: router)
    ])[0].port
    var work = WorkConfiguration()
    work.spansURL = "https://localhost:\(port)/v1/traces"
    work.spansAuthorityFile = files.serverAuthority
    let outcome: Result<Void, any Error>
    do {
      outcome = .success(try await body(collector, work))
    } catch {
      outcome = .failure(error)
    }
    await server.stop(grace: .zero)
    withExtendedLifetime(files) {}
    try outcome.get()
  }

  private func answer(_ request: Request) async throws -> Response {
    let json = try JSONValue(parsing: try await request.body.collect())
    guard request.head.fields["content-type"] == "application/json" else { return Response(.unsupportedMediaType) }
    var received: [Received] = []
    for resource in json["resourceSpans"]?.elements.map(\.self) ?? [] {
      let service = resource["resource"]?["attributes"]?.elements.map(\.self).first?["value"]?["stringValue"]?.string
      for scope in resource["scopeSpans"]?.elements.map(\.self) ?? [] {
        received += (scope["spans"]?.elements.map(\.self) ?? []).map { Received(service: service ?? "", span: $0) }
      }
    }
    kept.withLock { $0.append(received) }
    let status = script.withLock { $0.isEmpty ? .ok : $0.removeFirst() }
    var response = Response(status)
    if status != .ok { response.fields["retry-after"] = "0" }
    return response
  }
}
