import HTTP
import Testing

struct RequestTargetTests {
  @Test(arguments: [
    ("/", [] as [String]), ("/a", ["a"]), ("/a/", ["a", ""]), ("/a//b", ["a", "", "b"]), ("//a", ["", "a"]),
    ("/a%2Fb/c", ["a/b", "c"]), ("/%61%20%C3%A4", ["a \u{e4}"]), ("/a...b/.hidden/..c", ["a...b", ".hidden", "..c"]),
    ("/%2e%2e%2e", ["..."]), ("/a;v=1,2", ["a;v=1,2"]), ("/[a]|^", ["[a]|^"]), ("/+", ["+"]), ("/%0d%0a", ["\r\n"]),
  ])
  func `segments are decoded one by one`(raw: String, segments: [String]) throws {
    let target = try RequestTarget(parsing: raw)
    #expect(target.decodedSegments == segments)
    #expect(target.path == raw)
    #expect(target.query == nil)
    #expect(target.authority == nil)
  }

  @Test func `the query is what follows the first question mark`() throws {
    let target = try RequestTarget(parsing: "/a?b=1&c=%26&&d&b=2?&=e&f=a+b%2B")
    #expect(target.path == "/a")
    #expect(target.query == "b=1&c=%26&&d&b=2?&=e&f=a+b%2B")
    #expect(target.queryItems.map(\.name) == ["b", "c", "d", "b", "", "f"])
    #expect(target.queryItems.map(\.value) == ["1", "&", "", "2?", "e", "a b+"])
    #expect(target.queryValue("b") == "1")
    #expect(target.queryValue("d") == "")
    #expect(target.queryValue("x") == nil)
    #expect(try RequestTarget(parsing: "/?").query == "")
    #expect(try RequestTarget(parsing: "/?a=|{}[]\\^`'").queryValue("a") == "|{}[]\\^`'")
  }

  @Test(arguments: [
    ("http://a.example/x?y", "a.example", "/x", "y" as String?), ("HTTPS://[::1]:8", "[::1]:8", "/", nil),
    ("http://a?q", "a", "/", "q"), ("http://a:/", "a:", "/", nil),
  ])
  func `an absolute target has an authority`(raw: String, authority: String, path: String, query: String?) throws {
    let target = try RequestTarget(parsing: raw)
    #expect(target.raw == raw)
    #expect(target.authority == authority)
    #expect(target.path == path)
    #expect(target.query == query)
  }

  @Test func `the asterisk is for OPTIONS`() throws {
    #expect(try RequestTarget(parsing: "*", method: .options).isAsterisk)
    #expect(try RequestTarget(parsing: "http://a", method: .options).path == "*")
    #expect(try RequestTarget(parsing: "http://a/", method: .options).path == "/")
    #expect(throws: Refusal.self) { try RequestTarget(parsing: "*", method: .get) }
  }

  @Test(arguments: [
    "", "a", "/ ", "/\n", "/\u{e4}", "/%", "/%0", "/%0g", "/%00", "/.", "/..", "/%2e", "/a%2f%2e%2e", "/a#",
  ])
  func `a bad target is a bad request`(raw: String) {
    let refusal = #expect(throws: Refusal.self) { try RequestTarget(parsing: raw) }
    #expect(refusal?.status == .badRequest)
  }

  @Test func `encoding and decoding are inverse`() {
    for text in ["", "a b&c=d/e?f#g%", "\u{0}\u{7f}\u{e4}\u{1f600}", "-._~AZaz09"] {
      #expect(PercentEncoding.decode(PercentEncoding.encode(text)) == text)
    }
    #expect(PercentEncoding.encode("a b/\u{e4}") == "a%20b%2F%C3%A4")
    #expect(PercentEncoding.encode("-._~") == "-._~")
    #expect(PercentEncoding.decode("a+b") == "a+b")
    #expect(PercentEncoding.decode("a+b", plusIsSpace: true) == "a b")
    #expect(PercentEncoding.decode("%2") == nil)
    #expect(PercentEncoding.decode("%ff") == nil)
  }
}
