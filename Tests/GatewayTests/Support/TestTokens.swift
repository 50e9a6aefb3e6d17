import Gateway
import Identity
import JSON

/// Bearer tokens of the issuer that test gateways trust.
enum TestTokens {
  static let issuer = "https://issuer.test"
  static let audience = "signalbox-test"

  private static let made = Result { try TokenSigner.generate(.es256) }

  static func signer() throws -> TokenSigner { try made.get() }

  static var rules: TokenRules { TokenRules(issuer: issuer, audiences: [audience]) }

  /// - Parameter life: seconds from `now` until it ends; negative for one that has expired.
  static func token(
    for subject: String, audience: String = audience, issuer: String = issuer, tenant: String? = nil,
    now: UnixTime = .now(), life: Int64 = 3600
  ) throws -> String {
    var writer = JSONWriter()
    writer.object { claims in
      claims.member("iss", issuer)
      claims.member("aud", audience)
      claims.member("sub", subject)
      claims.member("tenant", ifPresent: tenant)
      claims.member("iat", Int(now.seconds))
      claims.member("exp", Int(now.adding(seconds: life).seconds))
    }
    return try signer().sign(try JSONValue(parsing: writer.bytes))
  }
}
