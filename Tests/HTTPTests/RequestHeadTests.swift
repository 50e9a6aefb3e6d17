import HTTP
import Testing

struct RequestHeadTests {
  private static func head(_ text: String) throws -> RequestHead {
    let log = EventLog(text.bytes)
    if let refusal = log.refusal { throw refusal }
    return try #require(log.heads.first)
  }

  private static func get(_ lines: String...) throws -> RequestHead {
    try head("GET / HTTP/1.1\r\nHost: a\r\n" + lines.map { $0 + "\r\n" }.joined() + "\r\n")
  }

  @Test func `a head has everything that was sent`() throws {
    let head = try Self.head(
      "PATCH /a%20b?x=1 HTTP/1.1\r\nHOST: Example.org:81\r\nX-One:  1 \t\r\nx-one: 2\r\nL: \u{e9}\u{ff}\r\n\r\n")
    #expect(head.method == .patch)
    #expect(head.target.raw == "/a%20b?x=1")
    #expect(head.target.path == "/a%20b")
    #expect(head.target.query == "x=1")
    #expect(head.target.decodedSegments == ["a b"])
    #expect(head.version == .http11)
    #expect(head.authority == "Example.org:81")
    #expect(head.fields.map(\.name) == ["host", "x-one", "x-one", "l"])
    #expect(head.fields.map(\.value) == ["Example.org:81", "1", "2", "\u{e9}\u{ff}"])
    #expect(head.framing == .none)
    #expect(head.upgrade == nil)
  }

  @Test(arguments: [
    ("1.1", nil, true), ("1.1", "keep-alive", true), ("1.1", "close", false), ("1.1", "x, CLOSE", false),
    ("1.1", "closed", true), ("1.1", "keep-alive, close", false), ("1.0", nil, false), ("1.0", "keep-alive", true),
    ("1.0", "Keep-Alive", true), ("1.0", "close", false), ("1.0", "keep-alive, close", false), ("1.0", "x", false),
  ])
  func `keep-alive goes by version and Connection`(version: String, connection: String?, keepAlive: Bool) throws {
    let line = connection.map { "Connection: \($0)\r\n" } ?? ""
    #expect(try Self.head("GET / HTTP/\(version)\r\nHost: a\r\n\(line)\r\n").keepAlive == keepAlive)
  }

  @Test(arguments: [
    ("Content-Length: 5\r\n", BodyFraming.length(5)), ("Content-Length: 0\r\n", .length(0)),
    ("Content-Length: 00012\r\n", .length(12)), ("Transfer-Encoding: Chunked\r\n", .chunked), ("", .none),
  ])
  func `framing goes by the two fields`(lines: String, framing: BodyFraming) throws {
    #expect(try Self.head("POST / HTTP/1.1\r\nHost: a\r\n\(lines)\r\n").framing == framing)
  }

  @Test func `100-continue counts only with a body and on HTTP 1 1`() throws {
    #expect(try Self.get("Expect: 100-continue", "Content-Length: 1").expectsContinue)
    #expect(try Self.get("Expect: 100-CONTINUE", "Transfer-Encoding: chunked").expectsContinue)
    #expect(try !Self.get("Expect: 100-continue", "Content-Length: 0").expectsContinue)
    #expect(try !Self.get("Expect: 100-continue").expectsContinue)
    #expect(try !Self.get("Content-Length: 1").expectsContinue)
    let old = "POST / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n"
    #expect(try !Self.head(old).expectsContinue)
  }

  @Test func `the authority of an absolute target beats Host`() throws {
    let head = try Self.head("GET http://b:8080/x HTTP/1.1\r\nHost: a\r\n\r\n")
    #expect(head.authority == "b:8080")
    #expect(head.target.path == "/x")
    #expect(try Self.head("GET / HTTP/1.0\r\n\r\n").authority == "")
    #expect(try Self.head("GET http://b/ HTTP/1.0\r\n\r\n").authority == "b")
  }

  @Test func `a WebSocket handshake gives its key and protocols`() throws {
    let head = try Self.get(
      "Connection: keep-alive, Upgrade", "Upgrade: h2c, WebSocket", "Sec-WebSocket-Version: 13",
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Protocol: signalbox.v1, Chat",
      "Sec-WebSocket-Protocol: last")
    #expect(
      head.upgrade == .webSocket(key: "dGhlIHNhbXBsZSBub25jZQ==", protocols: ["signalbox.v1", "Chat", "last"]))
    #expect(head.keepAlive)
  }

  @Test func `a wrong WebSocket version is told the right one`() throws {
    let text = "GET / HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n"
    let refusal = try #require(EventLog(text.bytes).refusal)
    #expect(refusal.status == .upgradeRequired)
    #expect(refusal.fields["sec-websocket-version"] == "13")
    #expect(refusal.fields["upgrade"] == "websocket")
  }

  @Test func `other upgrades are ignored`() throws {
    #expect(try Self.get("Connection: Upgrade", "Upgrade: h2c").upgrade == nil)
    #expect(try Self.get("Upgrade: websocket/13").upgrade == nil)
  }

  @Test func `a refusal quotes at most 64 bytes, escaped`() throws {
    let host = String(repeating: "\u{e9}", count: 100)
    let refusal = try #require(EventLog("GET / HTTP/1.1\r\nHost: \(host)\r\n\r\n".bytes).refusal)
    #expect(refusal.detail.contains(String(repeating: "\\xe9", count: 60)))
    #expect(!refusal.detail.contains(String(repeating: "\\xe9", count: 61)))
  }
}
