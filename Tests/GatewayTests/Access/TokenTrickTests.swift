import Gateway
import HTTP
import Identity
import JSON
import TestSupport
import Testing

/// The known tricks with tokens, end to end. What each of them breaks is tested where tokens are judged.
@Suite struct TokenTrickTests {
  private static func segment(_ text: String) -> String { Base64URL.encode(Array(text.utf8)) }

  /// RFC 2104 on SHA-256.
  private static func hmac(_ key: [UInt8], _ text: String) -> [UInt8] {
    let short = key.count > 64 ? Digest.sha256(key) : key
    let padded = short + [UInt8](repeating: 0, count: 64 - short.count)
    return Digest.sha256(padded.map { $0 ^ 0x5C } + Digest.sha256(padded.map { $0 ^ 0x36 } + Array(text.utf8)))
  }

  @Test func `no trick with a token gets in`() async throws {
    let signer = try TestTokens.signer()
    let good = try TestTokens.token(for: "ada")
    let parts = good.split(separator: ".").map(String.init)
    let (header, payload, signature) = (parts[0], parts[1], parts[2])
    let keys = Array(signer.keySetText.utf8)
    func head(_ algorithm: String, kid: String? = nil, more: String = "") -> String {
      Self.segment(#"{"alg":"\#(algorithm)","typ":"JWT","kid":"\#(kid ?? signer.keyID)"\#(more)}"#)
    }
    let confused = "\(head("HS256")).\(payload)"
    let stranger = try TokenSigner.generate(.es256)
    let twice = Self.segment(
      #"{"iss":"\#(TestTokens.issuer)","aud":"\#(TestTokens.audience)","sub":"vera","sub":"ada","exp":99999999999}"#)
    let tricks = [
      "none": "\(head("none")).\(payload).", "none, signed": "\(head("none")).\(payload).\(signature)",
      "None": "\(head("nOnE")).\(payload).", "no signature": "\(header).\(payload).",
      "two parts": "\(header).\(payload)", "four parts": "\(good).x",
      "key confusion":
        "\(confused).\(Base64URL.encode(Self.hmac(keys, confused)))",
      "RS256 by name": "\(head("RS256")).\(payload).\(signature)",
      "EdDSA by name": "\(head("EdDSA")).\(payload).\(signature)",
      "wrong kid": "\(head("ES256", kid: "../../dev/null")).\(payload).\(signature)",
      "stranger's key": try stranger.sign(
        try JSONValue(parsing: Base64URL.decode(payload.utf8) ?? [])),
      "its own key": "\(head("ES256", more: #","jwk":{"kty":"EC"}"#)).\(payload).\(signature)",
      "key from a URL": "\(head("ES256", more: #","jku":"https://evil.example/keys""#)).\(payload).\(signature)",
      "another payload": "\(header).\(twice).\(signature)", "padded": "\(good)=",
      "with a space": "\(header). \(payload).x",
      "empty signature of zeros": "\(header).\(payload).\(Base64URL.encode([UInt8](repeating: 0, count: 64)))",
      "long": "\(header).\(String(repeating: "A", count: 9000)).\(signature)",
    ]
    try await TestGateway.run { gateway async throws in
      #expect(try await gateway.ask("GET", "/api/about", ["Authorization: Bearer \(good)"])?.status == 200)
      for (name, token) in tricks {
        let answer = try await gateway.ask("GET", "/api/about", ["Authorization: Bearer \(token)"])
        #expect(answer?.status == 401, "\(name)")
        #expect(answer?.fields["www-authenticate"]?.contains(#"error="invalid_token""#) == true, "\(name)")
        #expect(answer?.text.contains(signature) == false, "\(name)")
        // The door to sessions is as strict.
        #expect(
          try await gateway.ask("POST", "/api/session", ["Authorization: Bearer \(token)"])?.status == 401, "\(name)")
      }
    }
  }
}
