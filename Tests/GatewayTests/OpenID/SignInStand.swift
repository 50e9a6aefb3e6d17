import HTTP
import JSON
import TestSupport
import Testing
import Wire

@testable import Gateway

/// A gateway, the issuer at which people sign in to it, and their browsers: all on real sockets.
struct SignInStand {
  let gateway: TestGateway
  let issuer: TestIssuer
  let origin: String
  private let client: HTTPClient

  static let cookie = "__Host-signalbox"

  /// Starts, runs `body`, and stops, whatever happens.
  static func run<Value>(
    isConfidential: Bool = false, clock: GatewayClock = .system, journal: RedisConfiguration? = nil,
    configure: @escaping (inout IdentityConfiguration) -> Void = { _ in },
    _ body: (SignInStand) async throws -> Value
  ) async throws -> Value {
    try await TestIssuer.run(isConfidential: isConfidential) { issuer in
      let folder = try TemporaryFolder()
      let authority = try folder.write(CertificateFiles.certificates().serverAuthority.certificatePEM, to: "ca.pem")
      let secret = try folder.write(TestIssuer.clientSecret + "\n", to: "secret", mode: 0o600)
      return try await TestGateway.run(clock: clock) { configuration in
        configuration.journal.redis = journal
        var provider = IdentityConfiguration.OpenIDProvider(
          issuer: issuer.name, authorityFile: authority, clientID: TestIssuer.clientID)
        if isConfidential { provider.clientSecretFile = secret }
        configuration.identity.openID = provider
        // The people of the policy are those of this issuer alone.
        configuration.identity.tokens = nil
        configuration.identity.rates.signInsPerAddress = 1000
        configure(&configuration.identity)
      } _: { gateway in
        let origin = "https://localhost:\(gateway.addresses.publicAddress.port)"
        issuer.register(redirectURI: "\(origin)/api/session/openid/callback")
        issuer.behave {
          $0.user = "anna"
          $0.now = clock.now
        }
        return try await withClient { client in
          try await body(SignInStand(gateway: gateway, issuer: issuer, origin: origin, client: client))
        }
      }
    }
  }

  private static func withClient<Value>(_ body: (HTTPClient) async throws -> Value) async throws -> Value {
    let loop = try await Loop.start(name: "browsers")
    do {
      let authority = Array(try CertificateFiles.certificates().serverAuthority.certificatePEM.utf8)
      var configuration = ClientConfiguration(tls: ClientTLS(trust: try ServerTrust(authorityPEM: authority)))
      configuration.deadlines.connect = .seconds(60)
      configuration.deadlines.answer = .seconds(100)
      let value = try await body(try HTTPClient(loop: loop, configuration: configuration))
      await loop.stop()
      return value
    } catch {
      await loop.stop()
      throw error
    }
  }

  func browser() -> TestBrowser { TestBrowser(client) }

  var start: String { "\(origin)/api/session/openid" }

  /// The URL that the issuer sends this browser back to, not yet visited.
  func wayBack(in browser: TestBrowser) async throws -> String {
    let page = try await browser.visit(start, stoppingBefore: "/api/session/openid/callback")
    return try #require(page.fields["location"], "The issuer answered \(page.status): \(page.text)")
  }

  /// The same for a request without a browser.
  func get(_ url: String, _ fields: [(String, String)] = []) async throws -> (
    status: Int, fields: HTTPFields, text: String
  ) {
    let response = try await client.send(
      ClientRequest(.get, try ServiceURL(parsing: url), fields: HTTPFields(fields)))
    let body = try await response.body.collect(limit: 1 << 20)
    return (response.status.code, response.fields, String(decoding: body, as: UTF8.self))
  }

  /// Who is signed in, in this browser; nil when nobody is.
  func name(in browser: TestBrowser) async throws -> String? {
    let page = try await browser.visit("\(origin)/api/session")
    return page.status == 200 ? try JSONValue(parsing: page.body)["principal"]?.string : nil
  }

  // MARK: The audit trail

  struct Record: Sendable, Equatable, CustomStringConvertible {
    var result: String?
    var who: String?
    var route: String?
    var detail: String?

    var description: String { "\(result ?? "-") \(who ?? "-") \(route ?? "-"): \(detail ?? "-")" }
  }

  /// The tries to sign in that the audit trail has, once there are as many.
  func signIns(_ count: Int) async throws -> [Record] {
    var records: [Record] = []
    _ = try await eventually {
      records = try auditLines().filter { $0["event"]?.string == "sign-in" }.map { line in
        Record(
          result: line["result"]?.string, who: line["who"]?.string, route: line["route"]?.string,
          detail: line["detail"]?.string)
      }
      return records.count >= count
    }
    return records
  }

  private func auditLines() throws -> [JSONValue] {
    let bytes = try FileContents.read(gateway.stateFolder + "/audit.jsonl")
    // The last line may still be on its way.
    return bytes.split(separator: UInt8(ascii: "\n")).compactMap { try? JSONValue(parsing: Array($0)) }
  }

  /// Everything that is kept of what has happened: the log and the audit trail.
  func everythingWritten() throws -> String {
    gateway.log.all.joined()
      + String(decoding: try FileContents.read(gateway.stateFolder + "/audit.jsonl"), as: UTF8.self)
  }

  // MARK: What all failures have in common

  /// A page that says what to do and nothing that it should not, no session, and one record.
  /// - Returns: the record.
  @discardableResult
  func expectFailure(
    _ page: TestBrowser.Page, in browser: TestBrowser, status: Int, result: String, after earlier: Int = 0,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> Record? {
    #expect(page.status == status, "\(page.text)", sourceLocation: sourceLocation)
    #expect(page.fields["content-type"] == "text/html; charset=utf-8", sourceLocation: sourceLocation)
    #expect(page.fields["cache-control"] == "no-store", sourceLocation: sourceLocation)
    #expect(!page.text.contains("<script"), sourceLocation: sourceLocation)
    #expect(page.refresh == nil, sourceLocation: sourceLocation)
    #expect(page.paragraph?.hasSuffix(".") == true, "\(page.text)", sourceLocation: sourceLocation)
    #expect(page.link?.hasPrefix("/api/session/openid?return=") == true, sourceLocation: sourceLocation)
    #expect(browser.cookie(Self.cookie, of: origin) == nil, "A session.", sourceLocation: sourceLocation)
    let records = try await signIns(earlier + 1)
    #expect(records.count == earlier + 1, "\(records)", sourceLocation: sourceLocation)
    #expect(records.last?.result == result, "\(records)", sourceLocation: sourceLocation)
    #expect(records.last?.who == nil, sourceLocation: sourceLocation)
    for secret in issuer.secrets { #expect(!page.text.contains(secret), sourceLocation: sourceLocation) }
    return records.last
  }
}
