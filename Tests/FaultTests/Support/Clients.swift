import HTTP
import Identity
import Testing
import Wire

/// The clients of a test, all on one loop, so that hundreds of them cost one thread and little else.
struct Clients: Sendable {
  let loop: Loop
  /// Shows the producer's certificate.
  let producer: HTTPClient
  /// Shows the operator's.
  let watcher: HTTPClient

  /// Starts, runs `body`, and stops, whatever happens.
  static func with<Value>(_ station: Station, _ body: (Clients) async throws -> Value) async throws -> Value {
    ProcessSetup.prepare()
    let loop = try await Loop.start(name: "clients")
    do {
      let trust = try ServerTrust.load(authorityFile: station.authority)
      func client(_ files: IssuedFiles) throws -> HTTPClient {
        let identity = try TLSIdentity.load(chainFile: files.certificate, keyFile: files.key)
        var configuration = ClientConfiguration(tls: ClientTLS(trust: trust, identity: identity))
        // Machines that run tests are busy, and hundreds may shake hands at once.
        configuration.deadlines.connect = .seconds(60)
        configuration.deadlines.answer = .seconds(60)
        return try HTTPClient(loop: loop, configuration: configuration)
      }
      let value = try await body(
        Clients(loop: loop, producer: try client(station.producer), watcher: try client(station.operator)))
      await loop.stop()
      return value
    } catch {
      await loop.stop()
      throw error
    }
  }

  static func url(_ port: Int, _ path: String) throws -> ServiceURL {
    try ServiceURL(parsing: "https://127.0.0.1:\(port)\(path)")
  }
}

/// What a client waits before it tries again: longer than nothing, so that a gateway that starts is not kept from it.
enum Pause {
  static func beforeRetry() async throws {
    try await Task.sleep(for: .milliseconds(Int.random(in: 50...150)))
  }
}
