import A2AWire
import AgentKit
import Telemetry
import TestSupport
import Wire

/// An agent on a listener of its own, which asks for a client certificate.
enum ServedAgent {
  /// Starts it on a free port, runs `body` with its origin, and stops it, whatever happens.
  static func run<Value>(
    _ agent: any Agent, configure: (inout AgentServerConfiguration) -> Void = { _ in },
    service: @escaping @Sendable (TaskStore) -> any TaskService = { $0 }, _ body: (String) async throws -> Value
  ) async throws -> Value {
    ProcessSetup.prepare()
    let certificates = try CertificateFiles.certificates()
    var configuration = AgentServerConfiguration(
      address: try SocketAddress(host: "127.0.0.1", port: 0),
      security: .mutualTLS(
        try TLSIdentity(certificates[server: .local]),
        try ClientTrust(
          authorityPEM: Array(certificates.clientAuthority.certificatePEM.utf8),
          revocationPEM: Array(certificates.revocationListPEM.utf8), names: ClientNames(uriPrefixes: ["spiffe://"]))))
    configuration.grace = .zero
    configure(&configuration)
    let server = AgentServer(
      agent, configuration: configuration, log: Log(sink: DiscardSink(), minimumLevel: .error, clock: { 0 }),
      service: service)
    let origin = try await server.start().origin
    do {
      let value = try await body(origin)
      await server.stop()
      return value
    } catch {
      await server.stop()
      throw error
    }
  }
}
