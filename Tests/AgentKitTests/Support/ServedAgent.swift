import A2A
import A2AWire
import AgentKit
import HTTP
import Telemetry
import TestSupport
import Wire

/// An agent behind a real listener with client certificates, on a free port.
struct ServedAgent {
  let server: AgentServer
  let origin: String
  let log: KeptLog

  /// Starts, runs `body`, and stops, whatever happens.
  static func run<Value>(
    _ agent: any Agent, configure: (inout AgentServerConfiguration) throws -> Void = { _ in },
    _ body: (ServedAgent) async throws -> Value
  ) async throws -> Value {
    ProcessSetup.prepare()
    let log = KeptLog()
    var configuration = AgentServerConfiguration(
      address: try SocketAddress(host: "127.0.0.1", port: 0),
      security: .mutualTLS(try AgentCertificates.server(), try AgentCertificates.clientTrust()))
    configuration.grace = .zero
    try configure(&configuration)
    let server = AgentServer(
      agent, configuration: configuration, log: Log(sink: log, minimumLevel: .debug, clock: { 0 }))
    let origin = try await server.start().origin
    do {
      let value = try await body(ServedAgent(server: server, origin: origin, log: log))
      await server.stop()
      return value
    } catch {
      await server.stop()
      throw error
    }
  }

  /// A client with one of the test certificates.
  func calling<Value>(
    as kind: TestCertificates.Client = .good, _ body: (AgentClient) async throws -> Value
  ) async throws -> Value {
    try await Self.calling(origin, as: kind, body)
  }

  static func calling<Value>(
    _ origin: String, as kind: TestCertificates.Client = .good, _ body: (AgentClient) async throws -> Value
  ) async throws -> Value {
    let loop = try await Loop.start(name: "caller")
    let http = try HTTPClient(
      loop: loop, configuration: ClientConfiguration(tls: try AgentCertificates.clientTLS(kind)))
    do {
      let value = try await body(try AgentClient(at: try ServiceURL(parsing: origin), over: http))
      await http.close()
      await loop.stop()
      return value
    } catch {
      await http.close()
      await loop.stop()
      throw error
    }
  }
}

/// Made once: certificates take longer than most tests.
enum AgentCertificates {
  private static let made = Result { try TestCertificates() }

  static func all() throws -> TestCertificates { try made.get() }

  static func server() throws -> TLSIdentity { try identity(all()[server: .local]) }

  static func clientTrust() throws -> ClientTrust {
    try ClientTrust(
      authorityPEM: Array(all().clientAuthority.certificatePEM.utf8),
      revocationPEM: Array(all().revocationListPEM.utf8), names: ClientNames(uriPrefixes: ["spiffe://"]))
  }

  static func clientTLS(_ kind: TestCertificates.Client) throws -> ClientTLS {
    ClientTLS(
      trust: try ServerTrust(authorityPEM: Array(all().serverAuthority.certificatePEM.utf8)),
      identity: try identity(all()[kind]))
  }

  private static func identity(_ credential: TestCredential) throws -> TLSIdentity {
    try TLSIdentity(chainPEM: Array(credential.certificatePEM.utf8), keyPEM: Array(credential.keyPEM.utf8))
  }
}

extension TaskEventStream {
  /// All events, to the end of the stream.
  func all() async throws -> [TaskEvent] {
    var events: [TaskEvent] = []
    while let event = try await next() { events.append(event) }
    return events
  }
}

extension SendMessageRequest {
  static func text(_ text: String, id: String = "m", to task: AgentTask? = nil) -> SendMessageRequest {
    SendMessageRequest(message: Message(id: id, role: .user, text: text, taskID: task?.id))
  }
}
