import HTTP
import Synchronization
import Telemetry
import TestSupport
import Wire

/// A real server on a free loopback port, with certificates of its own and what it logs kept.
struct TestServer {
  let server: Server
  let port: Int
  let log: KeptLog
  let metrics: MetricsRegistry
  private let isPlain: Bool

  /// Starts, runs `body`, and stops, whatever happens.
  static func run<Value>(
    clients: ClientCertificates = .none, loops: Int = 2, address: String = "127.0.0.1", router: Router = .standard,
    configure: (inout ListenerConfiguration) throws -> Void = { _ in }, _ body: (TestServer) async throws -> Value
  ) async throws -> Value {
    try await Places.servers.holding {
      try await runNow(
        clients: clients, loops: loops, address: address, router: router, configure: configure, body)
    }
  }

  private static func runNow<Value>(
    clients: ClientCertificates, loops: Int, address: String, router: Router,
    configure: (inout ListenerConfiguration) throws -> Void, _ body: (TestServer) async throws -> Value
  ) async throws -> Value {
    // Before the first loop, because the tables of libwebsockets have the size of the limit: some tests open thousands.
    ProcessSetup.prepare()
    let log = KeptLog()
    let metrics = MetricsRegistry()
    let telemetry = ServerTelemetry(
      log: Log(sink: log, minimumLevel: .debug, clock: { 0 }), metrics: metrics)
    let server = Server(loops: loops, telemetry: telemetry)
    var configuration = ListenerConfiguration(
      name: "test", address: try SocketAddress(host: address, port: 0),
      security: WithoutTLS.isOn
        ? .plainOnLoopback : .tls(try TLSConfiguration(identity: Certificates.identity(.local), clients: clients)),
      router: router)
    configuration.fields = SecurityFields.forBrowsers(strictTransportSeconds: 300)
    try configure(&configuration)
    let addresses = try await server.start([configuration])
    let running = TestServer(
      server: server, port: addresses[0].port, log: log, metrics: metrics, isPlain: WithoutTLS.isOn)
    do {
      let value = try await body(running)
      await server.stop(grace: .seconds(5))
      return value
    } catch {
      await server.stop(grace: .zero)
      throw error
    }
  }

  /// A client of this server, on a thread of its own.
  func client<Value: Sendable>(
    _ options: TLSClient.Options = TLSClient.Options(), _ body: @escaping @Sendable (TLSClient) throws -> Value
  ) async throws -> Value {
    let port = port
    let box = Unchecked(suited(options))
    return try await onThread { try body(try TLSClient(port: port, box.value)) }
  }

  /// The options for clients of this server.
  func suited(_ options: TLSClient.Options) -> TLSClient.Options {
    var options = options
    options.isPlain = isPlain
    return options
  }

  func counter(_ line: String) -> Int {
    let text = String(decoding: metrics.render(), as: UTF8.self)
    let found = text.split(separator: "\n").first { $0.hasPrefix(line + " ") }
    return found.flatMap { Int($0.split(separator: " ").last ?? "") } ?? 0
  }
}

/// Options are made on one thread and used on one other, one after the other.
struct Unchecked<Value>: @unchecked Sendable {
  let value: Value
  init(_ value: Value) { self.value = value }
}

/// What every test shows and trusts.
enum Certificates {
  static func all() throws -> TestCertificates { try TestCertificates.shared() }

  static func identity(_ server: TestCertificates.Server) throws -> TLSIdentity {
    let credential = try all()[server: server]
    return try TLSIdentity(
      chainPEM: Array(credential.certificatePEM.utf8), keyPEM: Array(credential.keyPEM.utf8))
  }

  static func credential(_ client: TestCertificates.Client) throws -> (certificate: String, key: String) {
    let credential = try all()[client]
    return (credential.certificatePEM, credential.keyPEM)
  }

  static func trust(
    names: ClientNames = ClientNames(uriPrefixes: ["spiffe://signalbox.local/agent/"]), revocationList: String? = nil
  ) throws -> ClientTrust {
    let all = try all()
    return try ClientTrust(
      authorityPEM: Array(all.clientAuthority.certificatePEM.utf8),
      revocationPEM: Array((revocationList ?? all.revocationListPEM).utf8), names: names)
  }
}

/// Log lines, kept.
final class KeptLog: LogSink {
  private let kept = Mutex<[String]>([])

  func write(_ line: [UInt8]) {
    kept.withLock { $0.append(String(decoding: line, as: UTF8.self)) }
  }

  var lines: [String] { kept.withLock { $0 } }
}

extension Router {
  /// The routes that the raw requests of TestSupport expect, and a few more.
  static var standard: Router {
    var router = Router()
    router.on(.get, "/") { _ in .text("hello\n") }
    router.on(.post, "/echo", options: .init(bodyLimit: 65_536)) { request in
      Response(body: .bytes(try await request.body.collect()))
    }
    router.on(.get, "/numbers/{count}") { request in
      let count = request.parameters["count"].flatMap { Int($0) } ?? 0
      return Response(
        body: .stream { writer in
          for number in 0..<count { try await writer.write(Array("\(number)\n".utf8)) }
        })
    }
    router.on(.get, "/peer") { request in
      let peer = request.peer.session?.peer
      return .text("\(peer?.uris.joined(separator: ",") ?? "nobody") \(peer?.fingerprint ?? "-")")
    }
    return router
  }
}
