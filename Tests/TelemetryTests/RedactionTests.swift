import Telemetry
import TestSupport
import Testing

struct RedactionTests {
  @Test(arguments: [
    "authorization", "Authorization", "PROXY-AUTHORIZATION", "cookie", "Set-Cookie", "X-CSRF-Token", "x-xsrf-token",
    "x-api-key", "Api-Key", "x_api_key", "x-auth-token", "X-Auth", "private-token", "x-amz-security-token",
    "authentication-info", "x-session-id", "x-hub-signature-256", "client-secret",
  ])
  func `a field with a credential is redacted`(name: String) {
    #expect(Redaction.field(name, "Bearer abc") == "[redacted]")
  }

  @Test(arguments: [
    "host", "content-type", "user-agent", "last-event-id", "sec-websocket-key", "idempotency-key", "traceparent",
    "authority",
    "x-forwarded-for", "www-authenticate", "", "é",
  ])
  func `other fields are left as they are`(name: String) {
    #expect(Redaction.field(name, "a=b&token=c") == "a=b&token=c")
  }

  @Test func `a field with a URL loses what is secret in it`() {
    #expect(Redaction.field("Referer", "https://h/p?code=abc&x=1") == "https://h/p?code=[redacted]&x=1")
    #expect(Redaction.field("Location", "/a#access_token=abc") == "/a#access_token=[redacted]")
  }

  @Test(arguments: [
    "token", "access_token", "refresh_token", "id_token", "code", "login", "key", "api_key", "apiKey", "TOKEN",
    "password",
    "client_secret", "session", "sid", "sig", "X-Amz-Signature", "jwt", "token[]", "%74oken", "t%6Fken", "csrf",
  ])
  func `the value of a secret parameter is redacted`(name: String) {
    #expect(Redaction.query("a=1&\(name)=hunter2&b=2") == "a=1&\(name)=[redacted]&b=2")
    #expect(Redaction.target("/p?\(name)=hunter2") == "/p?\(name)=[redacted]")
    #expect(Redaction.target("/p?a;\(name)=hunter2=3;4?5&c") == "/p?a;\(name)=[redacted]&c")
  }

  @Test(arguments: [
    "/", "*", "", "/api/stream/tasks?after=7.1200&last_event_id=7.1", "/token/code/login", "/a=b/c",
    "/a%20b?x=100%&y=%zz",
    "/p?keyboard=1&author=2&codec=3&sidebar=4", "/a//b@c/d", "/p?mail=me@example.org", "/p?a=b%40c", "/p?cursor=YWJj==",
    "/?", "/?&&=&;", "/?token=&x=1", "/?=1",
    "/é?é=é",
    "https://example.org:8443/p", "//", "://", "//@", "/?next=%2Fapi%2Ftasks%3Fafter%3D7.1",
  ])
  func `a target without secrets is left as it is`(target: String) {
    let expected = target == "//@" ? "//[redacted]@" : target
    #expect(Redaction.target(target) == expected)
  }

  @Test(arguments: [
    ("redis://user:hunter2@h:6379/0", "redis://[redacted]@h:6379/0"),
    ("https://hunter2@h", "https://[redacted]@h"),
    ("//u:hunter2@h/p", "//[redacted]@h/p"),
    ("https://u:a@hunter2@h/p@q", "https://[redacted]@h/p@q"),
    ("/app;jsessionid=hunter2?x=1", "/app;jsessionid=[redacted]"),
    ("https://u:p;hunter2@h/?x", "https://[redacted]@h/?x"),
  ])
  func `a password or a session in the URL itself is redacted`(target: String, expected: String) {
    #expect(Redaction.target(target) == expected)
  }

  @Test(arguments: [
    "/?next=/p?token=hunter2", "/?next=%2Fp%3Ftoken%3Dhunter2", "/?next=%252Fp%253Ftoken%253Dhunter2",
    "/?next=https%3A%2F%2Fu:hunter2%40h%2F", "/?a=token=hunter2", "/?token%3Dhunter2", "/?x=%3Bcode%3Dhunter2",
    "/?a=%25252525252525253Dtoken%252525252525253Dhunter2", "/?token=hunter2?hunter2", "/?token=hunter2%26hunter2",
    "#token=hunter2", "?code=hunter2#code=hunter2",
  ])
  func `a secret inside of a value is redacted with it`(target: String) {
    #expect(!Redaction.target(target).contains("hunter2"))
    #expect(Redaction.target(target).contains("[redacted]"))
  }

  @Test func `no arrangement of delimiters lets a secret through`() throws {
    let pieces = ["?", "#", "&", ";", "=", "%", "/", "//", "@", ":", "%3D", "%26", "%25", "a", "é", "next="]
    var generator = SeededRandom(seed: 11)
    for _ in 0..<20_000 {
      let noise = try (0..<12).map { _ in try #require(pieces.randomElement(using: &generator)) }
      let start = Bool.random(using: &generator) ? "/p" : "https://u:p@h/"
      let target = start + noise.prefix(6).joined() + "&token=hunter2" + noise.suffix(6).joined() + "hunter2"
      let redacted = Redaction.target(target)
      let rest = redacted.split(separator: "&token=", maxSplits: 1).last ?? ""
      #expect(!rest.prefix { $0 != "&" && $0 != "#" }.contains("hunter2"), "\(target) became \(redacted)")
    }
  }

  @Test func `a long and hostile target is done in good time`() {
    // A URL in a URL in a URL: whoever looks into all of them, in two ways each, looks a million times.
    let nested = (0..<20).reduce("a=1") { inner, _ in
      "?a=" + inner.replacing("%", with: "%25").replacing("?", with: "%3F").replacing("=", with: "%3D")
    }
    let targets = [
      "/" + nested,
      "/?" + String(repeating: "a=", count: 8000), "/?a=" + String(repeating: "%25", count: 5000),
      "/?a=%" + String(repeating: "25", count: 8000),  // wrapped eight thousand times
      "/?" + String(repeating: "&", count: 16_000), String(repeating: "//@", count: 5000),
      "/?" + String(repeating: "x", count: 16_000) + "=1", "/?a=" + String(repeating: "?b=%3d", count: 2500),
    ]
    let time = ContinuousClock().measure { for target in targets { _ = Redaction.target(target) } }
    #expect(time < .seconds(10))
  }
}
