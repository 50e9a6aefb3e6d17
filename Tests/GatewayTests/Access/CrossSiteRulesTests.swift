import Gateway
import HTTP
import Telemetry
import Testing
import Wire

@testable import Gateway

/// Which pages may do what, as a value.
@Suite struct CrossSiteRulesTests {
  private static let post = HTTPMethod.post

  private func rules(_ origins: [String] = [], publicURL: String? = nil) -> CrossSiteRules {
    var configuration = IdentityConfiguration(stateFolder: "", policyFile: nil)
    configuration.origins = origins
    configuration.publicURL = publicURL
    return CrossSiteRules(configuration)
  }

  private func request(
    _ method: HTTPMethod, _ fields: [(String, String)], host: String = "localhost:8443",
    upgrade: Upgrade? = nil
  ) throws -> Request {
    let head = RequestHead(
      method: method, target: try RequestTarget(parsing: "/"), fields: HTTPFields(fields), authority: host,
      upgrade: upgrade)
    var random = SystemRandomNumberGenerator()
    return Request(
      head: head, body: RequestBody(), peer: Peer(address: try SocketAddress(host: "127.0.0.1", port: 1), session: nil),
      parameters: [:], id: "r", trace: .generate(using: &random))
  }

  private func passes(
    _ rules: CrossSiteRules, _ origin: String?, method: HTTPMethod = Self.post, site: String? = nil,
    host: String = "localhost:8443"
  ) throws -> Bool {
    var fields: [(String, String)] = []
    if let origin { fields.append(("origin", origin)) }
    if let site { fields.append(("sec-fetch-site", site)) }
    let request = try request(method, fields, host: host)
    do {
      try rules.check(request)
      return true
    } catch {
      #expect(error == .foreignPage)
      return false
    }
  }

  // The requests of these tests come without TLS, so that the own scheme is http.
  @Test(arguments: ["http://localhost:8443", "HTTP://LOCALHOST:8443"])
  func `pages of the host that was asked for pass`(origin: String) throws {
    #expect(try passes(rules(), origin))
  }

  @Test(
    arguments: [
      "null", "", "https://localhost:8443", "http://localhost", "http://localhost:84430", "http://localhost:8443/",
      "http://localhost:8443.evil.example", "http://evil.example", "http://evil.example#localhost:8443",
      "http://user@localhost:8443", "http://localhost:8443@evil.example", "http://xlocalhost:8443",
      "http://localhost:8443 http://evil.example", "//localhost:8443", "localhost:8443", "file://",
      "http://127.0.0.1:8443", "http://[::1]:8443",
    ])
  func `all others do not`(origin: String) throws {
    #expect(try !passes(rules(), origin))
  }

  @Test func `a port that is the scheme's own may be said or not`() throws {
    #expect(try passes(rules(), "http://box.example", host: "box.example:80"))
    #expect(try passes(rules(), "http://box.example", host: "box.example"))
    #expect(try !passes(rules(), "http://box.example", host: "box.example:443"))
  }

  @Test func `two origins are none`() throws {
    let request = try request(.post, fields("http://localhost:8443", "http://localhost:8443"))
    #expect(throws: Refusal.foreignPage) { try rules().check(request) }
  }

  private func fields(_ origins: String...) -> [(String, String)] { origins.map { ("origin", $0) } }

  @Test func `programs say no origin and are not concerned`() throws {
    #expect(try passes(rules(), nil))
    #expect(try passes(rules(), nil, site: "none"))
    #expect(try passes(rules(), nil, site: "same-origin"))
  }

  @Test(arguments: ["cross-site", "same-site", "Cross-Site", "surprise"])
  func `what a browser calls another site is one, whatever the origin says`(site: String) throws {
    #expect(try !passes(rules(), nil, site: site))
    #expect(try !passes(rules(), "http://localhost:8443", site: site))
  }

  @Test(arguments: ["GET", "HEAD", "OPTIONS"]) func `reading is anybody's`(method: String) throws {
    #expect(try passes(rules(), "https://evil.example", method: HTTPMethod(method), site: "cross-site"))
  }

  @Test(arguments: ["POST", "PUT", "PATCH", "DELETE", "PROPFIND", "TRACE"])
  func `every other method is not`(method: String) throws {
    #expect(try !passes(rules(), "https://evil.example", method: HTTPMethod(method)))
  }

  @Test func `an upgrade is looked at though it is a GET`() throws {
    let request = try request(
      .get, fields("https://evil.example"),
      upgrade: .webSocket(key: "dGhlIHNhbXBsZSBub25jZQ==", protocols: []))
    #expect(throws: Refusal.foreignPage) { try rules().check(request) }
  }

  @Test func `listed origins pass, whatever site the browser says they are`() throws {
    let rules = rules(["https://Tools.example", "https://other.example:8443"])
    #expect(try passes(rules, "https://tools.example", site: "cross-site"))
    #expect(try passes(rules, "https://other.example:8443", site: "same-site"))
    #expect(try !passes(rules, "https://other.example"))
    #expect(try !passes(rules, "http://tools.example"))
    #expect(try !passes(rules, "https://x.tools.example"))
    #expect(try !passes(rules, "null"))
  }

  @Test(arguments: ["https://box.example", "https://box.example/", "https://box.example:443/", "HTTPS://BOX.example"])
  func `the public URL is the own origin behind a proxy that changes Host`(url: String) throws {
    #expect(try passes(rules(publicURL: url), "https://box.example", host: "10.0.0.1:8443"))
    #expect(try !passes(rules(publicURL: url), "https://box.example:8443", host: "10.0.0.1:8443"))
  }
}
