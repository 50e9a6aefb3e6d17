import HTTP
import TestSupport
import Testing
import Wire

/// A client on a loop of its own, and what it calls.
struct Calls {
  let loop: Loop
  let client: HTTPClient

  /// Starts, runs `body`, and stops, whatever happens.
  static func run<Value>(
    identity: TestCertificates.Client? = nil, trusting authority: String? = nil,
    configure: (inout ClientConfiguration) -> Void = { _ in }, _ body: (Calls) async throws -> Value
  ) async throws -> Value {
    let loop = try await Loop.start(name: "client")
    do {
      var configuration = ClientConfiguration(tls: try tls(identity: identity, trusting: authority))
      configuration.deadlines = patient
      configure(&configuration)
      let value = try await body(Calls(loop: loop, client: try HTTPClient(loop: loop, configuration: configuration)))
      await loop.stop()
      return value
    } catch {
      await loop.stop()
      throw error
    }
  }

  /// Deadlines that no test means to reach: machines are busy.
  static let patient: ClientDeadlines = {
    var deadlines = ClientDeadlines()
    deadlines.connect = .seconds(60)
    deadlines.answer = .seconds(60)
    deadlines.idle = .seconds(60)
    return deadlines
  }()

  static func tls(identity: TestCertificates.Client? = nil, trusting authority: String? = nil) throws -> ClientTLS {
    let made = try Certificates.all()
    let trust = try ServerTrust(authorityPEM: Array((authority ?? made.serverAuthority.certificatePEM).utf8))
    let shown = try identity.map { kind in
      let credential = made[kind]
      return try TLSIdentity(
        chainPEM: Array(credential.certificatePEM.utf8), keyPEM: Array(credential.keyPEM.utf8))
    }
    return ClientTLS(trust: trust, identity: shown)
  }

  static func url(_ port: Int, _ path: String = "/", host: String = "127.0.0.1") throws -> ServiceURL {
    let isPlain = WithoutTLS.isOn
    return try ServiceURL(
      parsing: "\(isPlain ? "http" : "https")://\(host):\(port)\(path)", allowingPlainOnLoopback: isPlain)
  }

  static func webSocketURL(_ port: Int, _ path: String = "/") throws -> ServiceURL {
    let isPlain = WithoutTLS.isOn
    return try ServiceURL(
      parsing: "\(isPlain ? "ws" : "wss")://127.0.0.1:\(port)\(path)", allowingPlainOnLoopback: isPlain)
  }

  func get(
    _ port: Int, _ path: String = "/", host: String = "127.0.0.1", deadlines: ClientDeadlines? = nil
  ) async throws -> ClientResponse {
    try await client.send(ClientRequest(.get, try Self.url(port, path, host: host), deadlines: deadlines))
  }

  /// The whole body as text.
  func text(_ port: Int, _ path: String = "/", host: String = "127.0.0.1") async throws -> String {
    let response = try await get(port, path, host: host)
    return String(decoding: try await response.body.collect(limit: 1 << 20), as: UTF8.self)
  }

  /// Why a call fails; nil when it does not.
  func failure(_ port: Int, _ path: String = "/", host: String = "127.0.0.1") async throws -> ClientError? {
    do {
      _ = try await text(port, path, host: host)
      return nil
    } catch let error as ClientError {
      return error
    }
  }
}
