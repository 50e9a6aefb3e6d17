import HTTP
import Testing

@testable import signalbox

struct GatewayAccessTests {
  private let scratch: Scratch

  init() throws {
    scratch = try Scratch()
  }

  private func access(token: String) throws -> GatewayAccess {
    GatewayAccess(
      url: "https://a:1", authority: "ca.pem", credential: .token(file: try scratch.write("token", token)))
  }

  @Test(arguments: ["abc.def.ghi", "abc.def.ghi\n", " \t abc.def.ghi \r\n\n"])
  func `a token is read from its file, without what is around it`(text: String) throws {
    #expect(try access(token: text).authorization()["authorization"] == "Bearer abc.def.ghi")
  }

  @Test(arguments: ["", " \n", "one two", "a\nb", "t\u{E9}", "a\u{0}", String(repeating: "x", count: 100_000)])
  func `a file that holds something else is named, and what it holds is not`(text: String) throws {
    let access = try access(token: text)
    let error = try #require(throws: CommandFailure.self) { _ = try access.authorization() }
    #expect(
      error.messages == ["\(scratch.path)/token holds no bearer token. Put one token into it, on a line of its own."])
  }

  @Test func `a newer token in the file is what the next call shows`() throws {
    let access = try access(token: "old")
    #expect(try access.authorization()["authorization"] == "Bearer old")
    try scratch.write("token", "new")
    #expect(try access.authorization()["authorization"] == "Bearer new")
  }

  @Test func `with a certificate there is no such field`() throws {
    let credential = GatewayAccess.Credential.certificate(file: "c", key: "k")
    let access = GatewayAccess(url: "https://a:1", authority: "ca.pem", credential: credential)
    #expect(try access.authorization().isEmpty)
    let error = try #require(throws: CommandFailure.self) { _ = try access.tls() }
    #expect(error.messages[0].contains("ca.pem"))
  }

  @Test func `an address that is none is said`() throws {
    let access = GatewayAccess(url: "http://a:1", authority: "", credential: .token(file: ""))
    let error = try #require(throws: CommandFailure.self) { _ = try access.baseURL() }
    #expect(error.messages[0].hasPrefix("The address of the gateway cannot be used. "))
  }
}

struct GatewayRefusalTests {
  private func refusal(_ status: HTTPStatus, _ body: String, retryAfter: String? = nil) -> GatewayRefusal {
    GatewayRefusal(
      status, fields: HTTPFields(retryAfter.map { [("retry-after", $0)] } ?? []), body: Array(body.utf8))
  }

  @Test func `what the gateway says is passed on, and where it says nothing, what to do is said`() {
    #expect(
      refusal(.notFound, #"{"status":404,"detail":"There is no such task."}"#).sentence
        == "The gateway refused with 404. It says: There is no such task.")
    #expect(
      refusal(.forbidden, "<html>").sentence
        == "The gateway refused with 403. The policy does not let this principal do that.")
    #expect(refusal(.internalServerError, "oops").sentence == "The gateway refused with 500.")
    #expect(refusal(.badRequest, #"{"detail":"a\u001b[2Jb"}"#).sentence.hasSuffix(#"It says: a\u001b[2Jb"#))
  }

  @Test(arguments: [
    (HTTPStatus.tooManyRequests, true), (.serviceUnavailable, true), (.forbidden, false), (.notFound, false),
  ])
  func `some refusals pass by themselves`(status: HTTPStatus, passes: Bool) {
    #expect(refusal(status, "").isPassing == passes)
  }

  @Test(arguments: [("7", 7), ("0", 0), ("-1", nil), ("soon", nil), (nil, nil)])
  func `how long it asks to be left alone is heard`(text: String?, seconds: Int?) {
    #expect(refusal(.tooManyRequests, "", retryAfter: text).retryAfter == seconds)
  }
}
