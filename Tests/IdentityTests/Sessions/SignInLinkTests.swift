import Testing

@testable import Identity

struct SignInLinkTests {
  private let start = SessionValues.start

  @Test func `a link is good once, for the name it was made out to`() throws {
    let links = SignInLinks(life: 600)
    let link = try links.make(for: "alex", now: start)
    let other = try links.make(for: "zoe", now: start)
    #expect(link.expires == start + 600)
    #expect(links.redeem(link.token, now: start + 1) == "alex")
    #expect(links.redeem(link.token, now: start + 1) == nil)
    #expect(links.redeem(other.token, now: start + 1) == "zoe")
  }

  @Test(arguments: [(599, true), (600, false), (-50, true)] as [(Int64, Bool)])
  func `a link is good for a short time`(after: Int64, isGood: Bool) throws {
    let links = SignInLinks(life: 600)
    let link = try links.make(for: "alex", now: start)
    #expect((links.redeem(link.token, now: start + after) != nil) == isGood)
    // Neither does a late one become good when the clock goes back.
    #expect(links.redeem(link.token, now: start) == nil)
  }

  @Test func `tokens have 256 random bits and are kept as hashes`() throws {
    var table = SignInLinkTable()
    let token = SecureRandom.token()
    #expect(Base64URL.decode(token.utf8)?.count == 32)
    let isAdded = table.add(token, for: "alex", expires: start + 1, now: start, limit: 1)
    #expect(isAdded)
    var text = ""
    dump(table, to: &text)
    #expect(text.contains("alex"))
    #expect(!text.contains(token))
    let name = table.take(token, now: start)
    #expect(name == "alex")
  }

  @Test(arguments: ["", "x", String(repeating: "A", count: 43), String(repeating: "A", count: 1_000_000), "\0"])
  func `what is no link opens nothing`(token: String) throws {
    let links = SignInLinks(life: 600)
    let link = try links.make(for: "alex", now: start)
    #expect(links.redeem(token, now: start) == nil)
    #expect(links.redeem(link.token + " ", now: start) == nil)
    #expect(links.redeem(link.token, now: start) == "alex")
  }

  @Test func `there are only so many, and one that is used or late makes room`() throws {
    let links = SignInLinks(life: 600, limit: 2)
    let first = try links.make(for: "alex", now: start)
    _ = try links.make(for: "alex", now: start + 10)
    #expect(throws: SignInLinks.Full(nextEnd: start + 600)) { try links.make(for: "alex", now: start + 20) }
    #expect(links.redeem(first.token, now: start + 30) == "alex")
    _ = try links.make(for: "alex", now: start + 40)
    #expect(throws: SignInLinks.Full(nextEnd: start + 610)) { try links.make(for: "alex", now: start + 609) }
    _ = try links.make(for: "alex", now: start + 610)
  }
}
