import Foundation
import Gateway
import HTTP
import Identity
import Synchronization
import Telemetry
import TestSupport
import Wire

/// A real gateway on free loopback ports, with its three listeners, certificate files, a state folder and a policy of its own (see
/// `TestPeople`), and the repository's pages.
struct TestGateway {
  let gateway: Gateway
  let addresses: Gateway.Addresses
  let files: TestCertificateFiles
  let log: KeptLines

  var policyFile: String { Self.policyFile(files) }
  var stateFolder: String { Self.stateFolder(files) }

  /// Starts, runs `body`, and stops, whatever happens.
  static func run<Value>(
    clock: GatewayClock = .system, host: GatewayHost? = nil,
    configure: (inout GatewayConfiguration) throws -> Void = { _ in },
    _ body: (TestGateway) async throws -> Value
  ) async throws -> Value {
    let files = try CertificateFiles.written()
    var configuration = try configuration(files)
    try configure(&configuration)
    let log = KeptLines()
    let gateway = Gateway(
      configuration: configuration, log: Log(sink: log, minimumLevel: .debug, clock: { 0 }), version: "1.2.3-test",
      clock: clock, host: host)
    let running = TestGateway(gateway: gateway, addresses: try await gateway.start(), files: files, log: log)
    do {
      let value = try await body(running)
      await gateway.stop()
      return value
    } catch {
      await gateway.stop()
      throw error
    }
  }

  /// As `signalbox demo` has it: all listeners on loopback, certificates for agents and operators.
  static func configuration(_ files: TestCertificateFiles) throws -> GatewayConfiguration {
    func listener(_ clients: GatewayConfiguration.Clients) throws -> GatewayConfiguration.Listener {
      GatewayConfiguration.Listener(
        address: try SocketAddress(host: "127.0.0.1", port: 0), certificateFile: files.certificate(server: .local),
        keyFile: files.key(server: .local), clients: clients)
    }
    try files.folder.write(TestPeople.policy, to: "policy.json")
    let keys = try files.folder.write(try TestTokens.signer().keySetText, to: "keys.json")
    var identity = IdentityConfiguration(stateFolder: stateFolder(files), policyFile: policyFile(files))
    identity.tokens = IdentityConfiguration.TokenSource(rules: TestTokens.rules, keys: .file(keys))
    return GatewayConfiguration(
      publicListener: try listener(.optional(trust(files, "operator", "agent"))),
      agentListener: try listener(.required(trust(files, "agent"))),
      adminListener: try listener(.required(trust(files, "operator"))), loops: 2, webFolder: Self.webFolder,
      identity: identity,
      shutdownGrace: .seconds(60))
  }

  /// Those whose certificates are of these kinds.
  static func trust(_ files: TestCertificateFiles, _ kinds: String...) -> GatewayConfiguration.Trust {
    GatewayConfiguration.Trust(
      authorityFile: files.clientAuthority, revocationFile: files.revocationList,
      names: ClientNames(uriPrefixes: kinds.map { "spiffe://signalbox.local/\($0)/" }))
  }

  private static func policyFile(_ files: TestCertificateFiles) -> String { files.folder.path("policy.json") }
  private static func stateFolder(_ files: TestCertificateFiles) -> String { files.folder.path("state") }

  /// The dashboard as it is in this repository.
  static var webFolder: String {
    URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../web").standardized.path
  }

  enum Door: Sendable {
    case people, agents, admin
  }

  /// A client that checks the gateway's certificate, on a thread of its own.
  func client<Value: Sendable>(
    _ door: Door, as client: TestCertificates.Client? = nil,
    _ body: @escaping @Sendable (TLSClient) throws -> Value
  ) async throws -> Value {
    let certificates = try CertificateFiles.certificates()
    return try await self.client(door, showing: client.map { certificates[$0] }, body)
  }

  func client<Value: Sendable>(
    _ door: Door, showing credential: TestCredential?, _ body: @escaping @Sendable (TLSClient) throws -> Value
  ) async throws -> Value {
    let address =
      switch door {
      case .people: addresses.publicAddress
      case .agents: addresses.agentAddress
      case .admin: addresses.adminAddress
      }
    let port = address?.port ?? 0
    let certificates = try CertificateFiles.certificates()
    return try await onThread {
      var options = TLSClient.Options()
      options.authority = certificates.serverAuthority.certificatePEM
      options.credential = credential.map { ($0.certificatePEM, $0.keyPEM) }
      return try body(try TLSClient(port: port, options))
    }
  }

  /// The answer to one GET of the public listener, as nobody or as whoever has this certificate.
  func get(
    _ path: String, _ lines: String..., as client: TestCertificates.Client? = nil
  ) async throws -> Answer? {
    let fields = lines.map { $0 + "\r\n" }.joined()
    return try await self.client(.people, as: client) {
      try $0.ask("GET \(path) HTTP/1.1\r\nHost: localhost\r\n\(fields)\r\n")
    }
  }
}

/// Certificates are made once, and written anew for each test, which may then put others in their place.
enum CertificateFiles {
  static func certificates() throws -> TestCertificates { try .shared() }

  static func written() throws -> TestCertificateFiles {
    try certificates().write(to: try TemporaryFolder())
  }
}

/// Log lines, kept.
final class KeptLines: LogSink {
  private let kept = Mutex<[String]>([])

  func write(_ line: [UInt8]) {
    kept.withLock { $0.append(String(decoding: line, as: UTF8.self)) }
  }

  var all: [String] { kept.withLock { $0 } }
}
