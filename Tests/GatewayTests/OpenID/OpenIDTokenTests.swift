import HTTP
import Identity
import JSON
import Telemetry
import Testing
import Wire

@testable import Gateway

@Suite struct OpenIDTokenTests {
  private func exchange(secret: String?, id: String = "box") -> OpenIDTokenRequest {
    let secrets = OpenIDFlow.Secrets(
      state: Secret("s"), nonce: Secret("the-nonce"), verifier: Secret("the-verifier"), browser: Secret("b"))
    return OpenIDTokenRequest(
      code: Secret("the+code"),
      flow: OpenIDFlow(
        secrets, redirectURI: "https://box.example/cb", returnPath: .frontPage, now: UnixTime(seconds: 0)),
      client: OpenIDClient(issuer: "https://issuer.example", id: id, secret: secret.map { Secret($0) }, scopes: []))
  }

  private func body(_ request: ClientRequest) -> [String] {
    guard case .bytes(let bytes) = request.body else { return [] }
    return QueryItem.parse(String(decoding: bytes, as: UTF8.self)).map { "\($0.name)=\($0.value)" }
  }

  @Test func `a public client names itself in the form`() throws {
    let request = exchange(secret: nil).request(to: try ServiceURL(parsing: "https://issuer.example/t"))
    #expect(request.method == .post)
    #expect(request.fields["content-type"] == "application/x-www-form-urlencoded")
    #expect(request.fields["authorization"] == nil)
    #expect(
      body(request) == [
        "grant_type=authorization_code", "code=the+code", "redirect_uri=https://box.example/cb",
        "code_verifier=the-verifier", "client_id=box",
      ])
  }

  @Test(arguments: [
    // RFC 6749 section 2.3.1 has the first.
    ("s6BhdRkqt3", "7Fjfp0ZBr1KtDRbnfVdmIw", "czZCaGRSa3F0Mzo3RmpmcDBaQnIxS3REUmJuZlZkbUl3"),
    ("box", "a:b c\u{e4}?>", "Ym94OmElM0FiJTIwYyVDMyVBNCUzRiUzRQ=="),
    ("b", "x", "Yjp4"), ("bo", "x", "Ym86eA=="), ("box", "x", "Ym94Ong="),
  ])
  func `a client with a secret shows it in the field alone`(_ id: String, _ secret: String, _ text: String) throws {
    let request = exchange(secret: secret, id: id).request(to: try ServiceURL(parsing: "https://issuer.example/t"))
    #expect(request.fields["authorization"] == "Basic \(text)")
    #expect(!body(request).contains { $0.hasPrefix("client_") })
  }

  // MARK: Answers

  private func fault(_ status: Int, _ text: String) -> OpenIDFault? {
    do throws(OpenIDFault) {
      _ = try OpenIDTokenAnswer(
        status: HTTPStatus(code: status), body: Array(text.utf8), hiding: exchange(secret: "the-secret").secrets)
      return nil
    } catch {
      return error
    }
  }

  @Test func `the ID token is taken out`() throws {
    let text = #"{"access_token":"a","token_type":"bearer","expires_in":60,"id_token":"x.y.z"}"#
    #expect(try OpenIDTokenAnswer(status: .ok, body: Array(text.utf8), hiding: []).idToken == "x.y.z")
  }

  @Test(arguments: [
    (200, "", OpenIDFault.Kind.issuer), (200, "<html>", .issuer), (200, "{}", .issuer),
    (200, #"{"id_token":7}"#, .issuer),
    (200, #"{"id_token":"x","token_type":"mac"}"#, .issuer), (200, #"{"id_token":"x"}"#, .issuer),
    (201, #"{"id_token":"x","token_type":"Bearer"}"#, .issuer),
    (302, "", .issuer), (400, #"{"error":"invalid_grant"}"#, .request), (401, #"{"error":"invalid_client"}"#, .issuer),
    (400, #"{"error":"unauthorized_client"}"#, .issuer), (400, "garbage", .issuer), (500, "", .unavailable),
    (503, "<html>", .unavailable), (400, #"{"error":{"a":1}}"#, .issuer),
  ])
  func `each other answer has its own fault`(_ status: Int, _ text: String, _ kind: OpenIDFault.Kind) {
    #expect(fault(status, text)?.kind == kind)
  }

  @Test func `what the issuer says goes to operators, without our secrets`() throws {
    let told = try #require(fault(400, #"{"error":"invalid_grant","error_description":"Used\nbefore"}"#))
    #expect(told.detail == #"The issuer's token endpoint answered 400, "invalid_grant": "Used\x0abefore"."#)
    #expect(!told.advice.contains("Used"))
    for secret in ["the+code", "the-verifier", "the-nonce", "the-secret"] {
      let hidden = try #require(fault(400, #"{"error":"invalid_client","error_description":"Not \#(secret)!"}"#))
      #expect(!"\(hidden)".contains(secret))
      #expect(hidden.detail.contains("[redacted]"))
    }
  }

  // MARK: ID tokens

  private func fault(payload: String) throws -> OpenIDFault? {
    let claims = TokenClaims(
      issuer: "i", subject: "s", tenant: nil, roles: [], expires: UnixTime(seconds: 1), id: nil)
    let token = VerifiedToken(claims: claims, payload: try JSONValue(parsing: payload))
    do throws(OpenIDFault) {
      try IDTokenRules(clientID: "box", nonce: Secret("n")).check(token)
      return nil
    } catch {
      return error
    }
  }

  @Test(arguments: [
    #"{"nonce":"n","aud":"box"}"#, #"{"nonce":"n","aud":["box"]}"#, #"{"nonce":"n","aud":["box"],"azp":"box"}"#,
    #"{"nonce":"n","aud":["other","box"],"azp":"box"}"#,
  ])
  func `an ID token of this sign-in passes`(_ payload: String) throws {
    #expect(try fault(payload: payload) == nil)
  }

  @Test(arguments: [
    #"{"aud":"box"}"#, #"{"nonce":"","aud":"box"}"#, #"{"nonce":"m","aud":"box"}"#, #"{"nonce":"nn","aud":"box"}"#,
    #"{"nonce":["n"],"aud":"box"}"#, #"{"nonce":"n","aud":["other","box"]}"#,
    #"{"nonce":"n","aud":["box"],"azp":"other"}"#, #"{"nonce":"n","aud":["box","other"],"azp":"other"}"#,
    #"{"nonce":"n","aud":"box","azp":7}"#,
  ])
  func `an ID token of another sign-in or for another client does not`(_ payload: String) throws {
    #expect(try fault(payload: payload)?.kind == .denied)
  }

  @Test func `an exchange prints none of its secrets`() {
    let exchange = exchange(secret: "the-secret")
    var text = ""
    dump(exchange, to: &text)
    text += "\(exchange)"
    for secret in ["the+code", "the-verifier", "the-nonce", "the-secret"] { #expect(!text.contains(secret)) }
  }
}
