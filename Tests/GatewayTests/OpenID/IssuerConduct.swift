import HTTP
import TestSupport

@testable import Identity

/// How an issuer behaves: as it should, but for what a test changes.
struct IssuerConduct: Sendable {
  /// Who is signed in at the issuer, so that it sends browsers back at once.
  var user = "alex"
  /// What the authorization endpoint says instead of giving a code.
  var authorizationError: (code: String, description: String)?
  var discovery = Discovery()
  /// `iss` on the way back; nil leaves it out.
  var namedIssuer: @Sendable (String) -> String? = { $0 }
  var tokens = TokenEndpoint.works
  /// Nil: they are published.
  var keysInstead: HTTPStatus?
  var checksChallenge = true
  /// By the issuer's clock.
  var now: @Sendable () -> UnixTime = { .now() }
  /// Changes an ID token before it is signed, or how.
  var alter: @Sendable (inout IDTokenRecipe) -> Void = { _ in }

  struct Discovery: Sendable {
    var issuer: String?
    var promisesToNameItself = true
    /// Anything else than the document.
    var instead: (status: HTTPStatus, body: String)?
  }

  enum TokenEndpoint: Sendable {
    case works
    case answers(HTTPStatus, String)
    /// Nothing comes until the gate opens.
    case waits(Gate)
    /// The connection is cut in the middle of the answer.
    case breaksOff
  }
}

/// An ID token, before it is one.
struct IDTokenRecipe: Sendable {
  /// Values in JSON.
  var header: [String: String]
  var claims: [String: String]
  /// Nil: no signature.
  var signer: TokenSigner?

  mutating func set(_ claim: String, _ text: String) { claims[claim] = "\"\(text)\"" }
  mutating func set(_ claim: String, _ number: Int64) { claims[claim] = "\(number)" }

  func token() throws -> String {
    let (header, payload) = (Self.object(header), Self.object(claims))
    guard let signer else { return "\(Base64URL.encode(header)).\(Base64URL.encode(payload))." }
    return try signer.sign(header: header, payload: payload)
  }

  private static func object(_ members: [String: String]) -> [UInt8] {
    Array("{\(members.sorted { $0.key < $1.key }.map { "\"\($0)\":\($1)" }.joined(separator: ","))}".utf8)
  }
}
