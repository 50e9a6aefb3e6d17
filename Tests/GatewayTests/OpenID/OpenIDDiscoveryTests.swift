import HTTP
import Testing

@testable import Gateway

@Suite struct OpenIDDiscoveryTests {
  private static let issuer = "https://issuer.example/realm"

  private static func document(_ changes: [String: String?] = [:]) -> [UInt8] {
    var members: [String: String] = [
      "issuer": "\"\(issuer)\"", "authorization_endpoint": #""https://issuer.example/a?x=1""#,
      "token_endpoint": #""https://tokens.example:8443/t""#, "jwks_uri": #""https://issuer.example/keys""#,
      "scopes_supported": #"["openid"]"#,
    ]
    for (name, value) in changes { members[name] = value }
    return Array("{\(members.map { "\"\($0)\":\($1)" }.joined(separator: ","))}".utf8)
  }

  private func fault(_ bytes: [UInt8]) -> OpenIDFault? {
    do throws(OpenIDFault) {
      _ = try OpenIDDiscovery(parsing: bytes, issuer: Self.issuer)
      return nil
    } catch {
      return error
    }
  }

  @Test func `a document says where everything is`() throws {
    let discovery = try OpenIDDiscovery(parsing: Self.document(), issuer: Self.issuer)
    #expect(discovery.authorization.description == "https://issuer.example/a?x=1")
    #expect(discovery.token.description == "https://tokens.example:8443/t")
    #expect(discovery.keys.description == "https://issuer.example/keys")
    #expect(!discovery.namesItself)
    let modern = try OpenIDDiscovery(
      parsing: Self.document([
        "authorization_response_iss_parameter_supported": "true",
        "code_challenge_methods_supported": #"["plain","S256"]"#,
      ]), issuer: Self.issuer)
    #expect(modern.namesItself)
  }

  @Test(arguments: [
    "\"https://issuer.example/realm/\"", "\"https://issuer.example/Realm\"", "\"https://issuer.example\"",
    "\"https://elsewhere.example/realm\"", "\"https://issuer.example:443/realm\"", "null", "7", nil,
  ])
  func `a document of another issuer is refused, however like it is`(_ issuer: String?) {
    let fault = fault(Self.document(["issuer": issuer]))
    #expect(fault?.kind == .issuer)
    #expect(
      fault?.detail.contains("openId.issuer is \"https://issuer.example/realm\"") == true, "\(fault?.detail ?? "")")
  }

  @Test(arguments: ["authorization_endpoint", "token_endpoint", "jwks_uri"])
  func `each endpoint has to be there and has to be an https URL`(_ name: String) {
    for value in [
      nil, "7", #""""#, #""/relative""#, #""http://issuer.example/x""#, #""http://localhost/x""#,
      #""wss://issuer.example/x""#,
      #""https://user@issuer.example/x""#, #""https://issuer.example/x#y""#, #""javascript:alert(1)""#,
    ] {
      let fault = fault(Self.document([name: value]))
      #expect(fault?.kind == .issuer, "\(value ?? "missing")")
      #expect(fault?.detail.contains(name) == true, "\(fault?.detail ?? "")")
    }
  }

  @Test func `an issuer that says it knows no S256 is not used`() {
    #expect(fault(Self.document(["code_challenge_methods_supported": #"["plain"]"#]))?.kind == .issuer)
    #expect(fault(Self.document(["code_challenge_methods_supported": "[]"]))?.kind == .issuer)
    #expect(fault(Self.document(["code_challenge_methods_supported": nil])) == nil)
  }

  @Test(arguments: ["", "<html>", "[]", "{", #"{"issuer":"a","issuer":"b"}"#])
  func `what is no document is refused`(_ text: String) {
    let fault = fault(Array(text.utf8))
    #expect(fault?.kind == .issuer)
    #expect(fault?.status == .badGateway)
  }

  @Test func `a document that never ends is refused`() {
    #expect(fault(Self.document(["x": "\"\(String(repeating: "a", count: 300_000))\""]))?.kind == .issuer)
  }

  @Test(arguments: [
    ("https://issuer.example", "https://issuer.example/.well-known/openid-configuration"),
    ("https://issuer.example/", "https://issuer.example/.well-known/openid-configuration"),
    ("https://issuer.example/realm", "https://issuer.example/realm/.well-known/openid-configuration"),
    ("https://issuer.example/realm/", "https://issuer.example/realm/.well-known/openid-configuration"),
    ("https://[::1]:8443/a/b", "https://[::1]:8443/a/b/.well-known/openid-configuration"),
  ])
  func `the document is below the issuer`(_ issuer: String, _ location: String) throws {
    #expect(try OpenIDDiscovery.location(of: issuer).description == location)
  }

  @Test(arguments: [
    "", "issuer.example", "http://issuer.example", "http://localhost", "wss://issuer.example",
    "https://issuer.example/?a=b",
    "https://issuer.example/#a", "https://user:password@issuer.example",
  ])
  func `an issuer that is no plain https URL is refused with a sentence`(_ issuer: String) {
    let error = #expect(throws: OpenIDSettingsError.self) { try OpenIDDiscovery.location(of: issuer) }
    #expect(error?.description.hasSuffix(".") == true)
  }
}
