import Identity
import JSON

/// The bearer token of the demo's operator, for scripts.
///
/// Each start signs one with a key of its own, which nobody keeps: nothing in the folder can sign another, and with the next start the
/// old one is worth nothing.
struct DemoToken: Sendable {
  static let issuer = "https://signalbox.local/demo"
  static let audience = "signalbox-demo"
  private static let days = 30

  let text: String
  let expires: UnixTime
  /// What judges it: a JWK set.
  let keySet: String

  static func make(now: UnixTime) throws -> DemoToken {
    let signer = try TokenSigner.generate(.es256)
    let expires = now.adding(days: days)
    var claims = JSONWriter()
    claims.object { claims in
      claims.member("iss", issuer)
      claims.member("sub", DemoPolicy.operator)
      claims.member("aud", audience)
      claims.member("iat", now.seconds)
      claims.member("exp", expires.seconds)
      claims.member("jti", SecureRandom.token())
    }
    let text = try signer.sign(try JSONValue(parsing: claims.bytes))
    return DemoToken(text: text, expires: expires, keySet: signer.keySetText)
  }
}
