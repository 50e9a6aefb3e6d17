import Testing

@testable import Identity

struct SessionCookieValueTests {
  @Test func `a cookie comes back as it was written`() throws {
    let cookie = SessionCookieValue()
    #expect(cookie.text.utf8.count == 64)
    let read = try #require(SessionCookieValue(cookie.text))
    #expect(read.text == cookie.text)
    #expect(read.hash == cookie.hash)
    #expect(read.nameHash == cookie.nameHash)
    #expect(read.csrf == cookie.csrf)
  }

  @Test func `no two are alike`() {
    let all = (0..<100).map { _ in SessionCookieValue() }
    #expect(Set(all.map(\.text)).count == 100)
    #expect(Set(all.map(\.csrf)).count == 100)
  }

  @Test func `what is kept are SHA-256 hashes of all 48 bytes and of the first 16`() throws {
    let cookie = SessionCookieValue()
    let bytes = try #require(Base64URL.decode(cookie.text.utf8))
    #expect(bytes.count == 48)
    #expect(cookie.hash == Digest.sha256(bytes))
    #expect(cookie.nameHash == Digest.sha256(Array(bytes[..<16])))
  }

  @Test func `a successor has the same name, the same page token and another secret`() {
    let cookie = SessionCookieValue()
    let successor = cookie.successor()
    #expect(successor.nameHash == cookie.nameHash)
    #expect(successor.csrf == cookie.csrf)
    #expect(successor.hash != cookie.hash)
    #expect(successor.text.suffix(43) != cookie.text.suffix(43))
  }

  @Test func `a page's token is neither the name nor its hash`() throws {
    let cookie = SessionCookieValue()
    let csrf = try #require(Base64URL.decode(cookie.csrf.utf8))
    #expect(csrf.count == 32)
    #expect(csrf != cookie.nameHash)
    #expect(csrf != cookie.hash)
    #expect(!cookie.text.contains(cookie.csrf.prefix(8)))
  }

  @Test(
    arguments: [
      "", "x", String(repeating: "A", count: 63), String(repeating: "A", count: 65), String(repeating: "=", count: 64),
      String(repeating: "A", count: 63) + "+", String(repeating: "A", count: 63) + "/",
      String(repeating: "A", count: 62) + "é", String(repeating: "A", count: 60) + "\0AAA",
      String(repeating: "A", count: 100_000),
    ])
  func `what cannot be a cookie is none`(text: String) {
    #expect(SessionCookieValue(text) == nil)
  }
}
