import Identity
import Testing

@testable import signalbox

struct SignInLinkTests {
  private func options(_ words: String) throws -> SignInLinkOptions {
    let parsed = try ArgumentParser(root: CommandTree.root).parse(
      ["sign-in-link"] + words.split(separator: " ").map(String.init))
    guard case .run(_, let arguments, let command) = parsed else {
      throw UsageError(message: "\(words) gives help.", invocation: "")
    }
    return try SignInLinkOptions(arguments, command)
  }

  @Test func `without options the demo here is asked`() throws {
    let options = try options("alex")
    #expect(options.principal == "alex")
    #expect(options.gateway == .demo(folder: ".signalbox-demo"))
    #expect(!options.printsJSON)
  }

  @Test func `a demo's folder, or a gateway, can be named`() throws {
    #expect(try options("alex --dir d --json").gateway == .demo(folder: "d"))
    #expect(try options("alex --json").printsJSON)
    #expect(
      try options("alex --admin https://a:1 --cert c --key k --ca a").gateway
        == .other(AdminAccess(url: "https://a:1", certificate: "c", key: "k", authority: "a")))
  }

  @Test(arguments: [
    ("alex --admin https://a:1", "cert"), ("alex --cert c --key k --ca a", "admin"),
    ("alex --admin https://a:1 --cert c --key k", "ca"), ("alex --admin https://a:1 --cert c --ca a", "key"),
  ])
  func `a gateway is named as a whole`(words: String, missing: String) throws {
    let error = try #require(throws: UsageError.self) { _ = try options(words) }
    #expect(
      error.message
        == "The option --\(missing) is needed: a gateway is named with --admin, --cert, --key and --ca together.")
  }

  @Test func `a demo and a gateway do not go together`() throws {
    let words = "alex --dir d --admin https://a:1 --cert c --key k --ca a"
    #expect(try #require(throws: UsageError.self) { _ = try options(words) }.message.contains("one or the other"))
  }

  private func link(_ text: String) -> SignInLink? { SignInLink(answer: Array(text.utf8)) }

  @Test func `the gateway's answer is read`() throws {
    let read = try #require(
      link(#"{"principal":"alex","url":"https://a:1/sign-in#t","expires":"2026-11-21T10:00:00Z"}"#))
    #expect(read.principal == "alex")
    #expect(read.url == "https://a:1/sign-in#t")
    #expect(read.expires == UnixTime("2026-11-21T10:00:00Z"))
    #expect(SignInLink(answer: read.content) == read)
  }

  @Test(arguments: [
    "http://a:1/sign-in#t", "javascript:alert(1)#t", "https://a:1/sign-in", "https://a b/#t", "https://a/#t\\u001b[2J",
    "--help#t", "",
  ])
  func `an address that is none is no link`(url: String) {
    #expect(link(#"{"principal":"alex","url":"\#(url)","expires":"2026-11-21T10:00:00Z"}"#) == nil)
  }

  @Test(arguments: ["", "[]", "{}", #"{"principal":"alex","url":"https://a:1/sign-in#t","expires":"soon"}"#])
  func `an answer of another kind is none`(text: String) {
    #expect(link(text) == nil)
  }

  @Test(arguments: [(600, "10 minutes"), (599, "10 minutes"), (60, "1 minute"), (20, "1 minute"), (-5, "1 minute")])
  func `how long it is good is said in minutes`(seconds: Int64, text: String) {
    let now = UnixTime(seconds: 1000)
    let link = SignInLink(principal: "alex", url: "", expires: now.adding(seconds: seconds))
    #expect(link.life(from: now) == text)
  }
}
