import Gateway
import HTTP
import TestSupport
import Testing

/// The dashboard's pages and what they tell browsers.
@Suite struct PageTests {
  /// Exactly these, word for word; `Date`, the name of the request and what frames the body come on top.
  private static let security = [
    "content-security-policy":
      "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; font-src 'self'; "
      + "img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
      + "require-trusted-types-for 'script'; trusted-types signalbox",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "strict-transport-security": "max-age=31536000",
  ]

  private static let others: Set = [
    "date", "x-request-id", "content-length", "content-type", "etag", "cache-control", "vary", "content-encoding",
    "allow", "connection", "www-authenticate",
  ]

  @Test(arguments: [
    "/", "/index.html", "/sign-in", "/js/main.js", "/css/base.css", "/favicon.svg", "/api/about", "/healthz", "/no",
  ])
  func `every answer has exactly the security fields`(path: String) async throws {
    try await TestGateway.run { gateway in
      let fields = try #require(try await gateway.get(path)).fields
      for (name, value) in Self.security { #expect(fields.values(of: name) == [value]) }
      for (name, _) in fields { #expect(Self.security[name] != nil || Self.others.contains(name), "\(name)") }
    }
  }

  @Test func `a request that is none gets them too`() async throws {
    try await TestGateway.run { gateway in
      let fields = try await gateway.client(.people) { try $0.ask("nonsense\r\n\r\n") }?.fields
      for (name, value) in Self.security { #expect(fields?.values(of: name) == [value]) }
    }
  }

  @Test func `listeners for programs get only what concerns them`() async throws {
    try await TestGateway.run { gateway in
      let fields = try await gateway.client(.agents, as: .good) { try $0.get("/healthz") }?.fields
      #expect(fields?["x-content-type-options"] == "nosniff")
      #expect(fields?["strict-transport-security"] == "max-age=31536000")
      #expect(fields?["content-security-policy"] == nil)
    }
  }

  @Test func `strict transport can be left out`() async throws {
    try await TestGateway.run {
      $0.publicListener.strictTransportSeconds = 0
    } _: { gateway in
      let fields = try #require(try await gateway.get("/")).fields
      #expect(fields["strict-transport-security"] == nil)
      #expect(fields["content-security-policy"] == Self.security["content-security-policy"])
    }
  }

  @Test func `the first page is the index of the web folder`() async throws {
    try await TestGateway.run { gateway in
      let page = try #require(try await gateway.get("/"))
      #expect(page.status == 200)
      #expect(page.fields["content-type"] == "text/html; charset=utf-8")
      #expect(page.text.lowercased().hasPrefix("<!doctype html>"))
      let tag = try #require(page.fields["etag"])
      #expect(try await gateway.get("/", "If-None-Match: \(tag)")?.status == 304)
      #expect(try await gateway.get("/js/main.js")?.fields["content-type"] == "text/javascript; charset=utf-8")
    }
  }

  @Test func `every address of the dashboard is its index page`() async throws {
    try await TestGateway.run { gateway async throws in
      let page = try #require(try await gateway.get("/"))
      for path in [
        "/new", "/tasks/t-17", "/tasks/t-17/events/4", "/agents", "/agents/insider-trading", "/ops", "/help",
        "/ops?range=10", "/tasks/t%2F17",
      ] {
        let answer = try #require(try await gateway.get(path), "\(path)")
        #expect(answer.status == 200, "\(path)")
        let isSame = answer.body == page.body
        #expect(isSame, "\(path)")
        #expect(answer.fields["etag"] == page.fields["etag"] && answer.fields["cache-control"] == "no-cache")
        #expect(answer.fields["content-security-policy"] == Self.security["content-security-policy"])
      }
      for path in ["/tasks", "/tasks/", "/tasks/a/b", "/tasks/a/events", "/agents/", "/ops/x"] {
        #expect(try await gateway.get(path)?.status == 404, "\(path)")
      }
    }
  }

  @Test func `below an agent's name are its page and its endpoints, side by side`() async throws {
    try await TestGateway.run { gateway async throws in
      let card = try #require(try await gateway.get("/agents/none/.well-known/agent-card.json"))
      #expect(card.status == 404 && card.fields["content-type"] == "application/problem+json")
      #expect(try await gateway.ask("POST", "/agents/none", body: "{}")?.status == 401)
      #expect(try await gateway.get("/agents/none/tasks")?.status == 401)
      #expect(try await gateway.get("/agents/none")?.fields["content-type"] == "text/html; charset=utf-8")
      let options = try #require(try await gateway.ask("OPTIONS", "/agents/none"))
      #expect(options.fields["allow"] == "GET, HEAD, OPTIONS, POST")
    }
  }

  @Test func `the index page comes compressed to who takes it, and each form is revalidated by its own tag`()
    async throws
  {
    try await TestGateway.run { gateway async throws in
      let plain = try #require(try await gateway.get("/ops"))
      let coded = try #require(try await gateway.get("/ops", "Accept-Encoding: gzip, br"))
      #expect(plain.fields["vary"] == "accept-encoding" && coded.fields["vary"] == "accept-encoding")
      #expect(plain.fields["content-encoding"] == nil && coded.fields["content-encoding"] == "gzip")
      #expect(coded.body.count < plain.body.count)
      let tag = try #require(coded.fields["etag"])
      #expect(tag != plain.fields["etag"])
      let known = try #require(try await gateway.get("/ops", "Accept-Encoding: gzip", "If-None-Match: \(tag)"))
      #expect(known.status == 304 && known.fields["etag"] == tag && known.fields["vary"] == "accept-encoding")
      // Who has the compressed form and asks for the plain one does not have that.
      #expect(try await gateway.get("/ops", "If-None-Match: \(tag)")?.status == 200)
    }
  }

  @Test func `pages are for people and not on the other listeners`() async throws {
    try await TestGateway.run { gateway async throws in
      #expect(try await gateway.client(.agents, as: .good) { try $0.get("/") }?.status == 404)
      #expect(
        try await gateway.client(.admin, as: .goodOperator) { try $0.get("/") }?.status == 404)
    }
  }
}
