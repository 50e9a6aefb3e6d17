import HTTP
import Identity
import Synchronization
import Telemetry
import TestSupport
import Wire

@testable import Gateway

/// Every verb behind real sockets, also those that the product has no route for yet: a listener whose routes are declared
/// and judged as those of tasks are.
/// The task `known` is Oscar's, of the tenant acme; there is no other.
struct TaskStand: Sendable {
  static let verbs: [Action] = [.watch, .submit, .cancel, .answer, .observe, .administer]

  let port: Int

  static func run<Value>(_ body: (TaskStand) async throws -> Value) async throws -> Value {
    ProcessSetup.prepare()
    let files = try CertificateFiles.written()
    var configuration = try TestGateway.configuration(files)
    configuration.identity.rates.requestsPerAddress = 0
    configuration.identity.rates.requestsPerPrincipal = 0
    let log = Log(sink: KeptLines(), minimumLevel: .error, clock: { 0 })
    let metrics = MetricsRegistry()
    let services = try await IdentityServices.start(
      configuration.identity, clock: .system, log: log, metrics: metrics, publicURL: { "" })
    let server = Server(loops: 1, telemetry: ServerTelemetry(log: log, metrics: metrics))
    let listener = ListenerConfiguration(
      name: "tasks", address: try SocketAddress(host: "127.0.0.1", port: 0),
      security: .tls(try configuration.publicListener.loadTLS()), router: router(services.gate))
    do {
      let addresses = try await server.start([listener])
      let value = try await body(TaskStand(port: addresses[0].port))
      await server.stop(grace: .seconds(60))
      await services.stop()
      return value
    } catch {
      await server.stop(grace: .zero)
      await services.stop()
      throw error
    }
  }

  private static func router(_ gate: AccessGate) -> Router {
    var router = SecuredRouter(gate: gate)
    for verb in verbs {
      // Whoever is known comes as far as the task: the table is about what is said of it there.
      router.on(.get, "/tasks/{id}/\(verb)", .known) { request, asker in
        guard let asker else { throw Refusal.notSignedIn }
        let facts =
          request.parameters["id"] == "known" ? TaskFacts(owner: "oscar", tenant: "acme", agent: "checker") : nil
        try asker.require(verb, on: facts)
        return .text("done\n")
      }
      router.on(.get, "/any/\(verb)", .may(verb)) { _, _ in .text("done\n") }
    }
    return router.router
  }

  func get(_ path: String, as column: AccessColumn) async throws -> Answer? {
    let lines = try column.lines().map { $0 + "\r\n" }.joined()
    let credential = try column.certificate()
    let authority = try CertificateFiles.certificates().serverAuthority.certificatePEM
    return try? await onThread { [port] in
      var options = TLSClient.Options()
      options.authority = authority
      options.credential = credential.map { ($0.certificatePEM, $0.keyPEM) }
      return try TLSClient(port: port, options).ask("GET \(path) HTTP/1.1\r\nHost: localhost\r\n\(lines)\r\n")
    }
  }
}
