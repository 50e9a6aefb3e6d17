import HTTP
import Testing

@testable import Gateway

@Suite struct ShownCredentialsTests {
  private func shown(_ fields: (String, String)...) throws -> ShownCredentials {
    try ShownCredentials(HTTPFields(fields))
  }

  @Test(arguments: ["Bearer abc.def", "bearer abc.def", "BEARER   abc.def"])
  func `a bearer token is what stands behind the scheme`(value: String) throws {
    #expect(try shown(("authorization", value)).token == "abc.def")
  }

  @Test(arguments: ["Bearer", "Bearer "]) func `a scheme without a token is an empty token`(value: String) throws {
    #expect(try shown(("authorization", value)).token == "")
  }

  @Test(arguments: ["Basic YTpi", "Digest x", "abc.def", "Bearerabc", "", "Bearer\tabc", "Token abc"])
  func `another scheme is refused and never passed over`(value: String) {
    #expect(throws: Refusal.badScheme) { try shown(("authorization", value), ("cookie", "__Host-signalbox=a")) }
  }

  @Test func `two Authorization fields are refused, equal ones too`() {
    #expect(throws: Refusal.doubledAuthorization) {
      try shown(("authorization", "Bearer a"), ("authorization", "Bearer a"))
    }
  }

  @Test(
    arguments: [
      ("__Host-signalbox=abc", "abc"), ("a=b; __Host-signalbox=abc; c=d", "abc"), ("a=b;__Host-signalbox=abc ;", "abc"),
      ("__Host-signalbox=", ""), ("__Host-signalbox=a=b", "a=b"), ("__Host-signalbox=\"abc\"", "\"abc\""),
    ])
  func `the session cookie is found among others`(line: String, value: String) throws {
    #expect(try shown(("cookie", line)).cookie == value)
  }

  @Test(
    arguments: [
      "__host-signalbox=abc", "signalbox=abc", "__Secure-signalbox=abc", "x__Host-signalbox=abc", "__Host-signalbox",
      "__Host-signalbox =abc", "a=__Host-signalbox=abc", "__Host-signalbox2=abc",
    ])
  func `what is only like its name is not it`(line: String) throws {
    #expect(try shown(("cookie", line)).cookie == nil)
  }

  @Test(arguments: [["__Host-signalbox=a; __Host-signalbox=a"], ["__Host-signalbox=a", "x=y; __Host-signalbox=b"]])
  func `two session cookies are refused, in one field or in two`(lines: [String]) {
    #expect(throws: Refusal.doubledCookie) {
      try ShownCredentials(HTTPFields(lines.map { ("cookie", $0) }))
    }
  }
}
