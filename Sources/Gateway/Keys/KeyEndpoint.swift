import HTTP
import Identity
import Telemetry
import Wire

/// Where an issuer publishes its keys, and how they are got from there: one GET, bounded in time and size, that follows no redirection.
struct KeyEndpoint: Sendable {
  let url: ServiceURL
  let authorityFile: String
  let client: HTTPClient

  /// Throws for what is no https URL, and when the authorities cannot be read.
  init(url text: String, authorityFile: String, loop: Loop) async throws {
    do throws(ServiceURLError) {
      url = try ServiceURL(parsing: text)
    } catch {
      throw KeySetError("The URL of the issuer's keys cannot be used. \(error)")
    }
    guard url.scheme == .https else {
      throw KeySetError("The URL of the issuer's keys has the scheme \(url.scheme.rawValue); write https:// instead.")
    }
    self.authorityFile = authorityFile
    var configuration = ClientConfiguration(tls: ClientTLS(trust: try await Self.trust(authorityFile)))
    configuration.deadlines.total = .seconds(10)
    // The next call is in minutes, and no server waits that long.
    configuration.idleConnections = 0
    client = try HTTPClient(loop: loop, configuration: configuration)
  }

  /// For the log: a query may have a secret in it.
  var name: String { Redaction.target(url.description) }

  /// Reads the authorities again. Throws, with nothing changed, when they cannot be read.
  func reload() async throws {
    try await client.reload(ClientTLS(trust: try await Self.trust(authorityFile)))
  }

  func fetch() async throws(KeySetError) -> KeySet {
    do {
      let bytes = try await answer()
      // Whether the numbers of large keys are sound takes a while.
      return try await BlockingPool.shared.run { try KeySet(jwks: bytes, source: name) }
    } catch {
      throw error as? KeySetError ?? KeySetError("\(error)")
    }
  }

  private func answer() async throws -> [UInt8] {
    let fields = HTTPFields([("accept", "application/jwk-set+json, application/json")])
    let response = try await client.send(ClientRequest(.get, url, fields: fields))
    guard response.status == .ok else {
      await response.body.close()
      let advice =
        (300..<400).contains(response.status.code)
        ? "Redirections are not followed; configure the URL that it leads to."
        : "Check the URL in a browser, or with curl."
      throw KeySetError("\(name) answered \(response.status.code) and not 200. \(advice)")
    }
    return try await response.body.collect(limit: KeySet.sizeLimit)
  }

  private static func trust(_ authorityFile: String) async throws -> ServerTrust {
    try await BlockingPool.shared.run { try ServerTrust.load(authorityFile: authorityFile) }
  }
}
