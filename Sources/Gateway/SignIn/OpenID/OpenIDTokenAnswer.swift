import HTTP
import JSON
import Telemetry

/// What the token endpoint answers (OpenID Connect Core section 3.1.3.3, RFC 6749 section 5.2).
///
/// Only the ID token is of use: it says who somebody is. The access token is for calls that this gateway does not make, so it is not kept,
/// and `at_hash`, which would tie it to the ID token, ties nothing.
struct OpenIDTokenAnswer: Sendable {
  let idToken: String

  static let lengthLimit = 256 << 10

  /// - Parameter secrets: never quoted, even if the issuer does.
  init(status: HTTPStatus, body: [UInt8], hiding secrets: [Secret]) throws(OpenIDFault) {
    let answer = try? JSONValue(parsing: body, limits: JSONLimits(maxBytes: Self.lengthLimit, maxDepth: 16))
    guard status == .ok else { throw Self.fault(status, answer, hiding: secrets) }
    guard let answer else { throw .issuer("The issuer's token endpoint answered with something that is not JSON.") }
    guard let token = answer["id_token"]?.string else {
      throw .issuer("The issuer's token endpoint gave no id_token. The scope openid has to be allowed for this client.")
    }
    // Section 3.1.3.3 asks for it; another type would mean that the answer is to be used in a way we know nothing of.
    guard answer["token_type"]?.string?.lowercased() == "bearer" else {
      throw .issuer("The issuer's token endpoint did not say token_type Bearer.")
    }
    idToken = token
  }

  private static func fault(_ status: HTTPStatus, _ answer: JSONValue?, hiding secrets: [Secret]) -> OpenIDFault {
    let error = answer?["error"]?.string
    let words = [error, answer?["error_description"]?.string].compactMap { $0 }
    let said = words.map { quote($0, hiding: secrets) }.joined(separator: ": ")
    let detail = "The issuer's token endpoint answered \(status.code)\(said.isEmpty ? "" : ", \(said)")."
    switch error {
    case "invalid_grant":
      // Used before, too old, or not given for this sign-in.
      return OpenIDFault(
        .request,
        "The issuer does not accept the code of this sign-in, which is good once and not for long. Sign in again.",
        detail: detail)
    case "invalid_client", "unauthorized_client":
      return .issuer("\(detail) Check openId.clientId and openId.clientSecret.")
    case nil where status.code >= 500:
      return .unavailable(detail)
    default:
      return .issuer(detail)
    }
  }

  private static func quote(_ text: String, hiding secrets: [Secret]) -> String {
    secrets.contains { text.contains(FormText.text($0)) } ? "\"[redacted]\"" : Excerpt.quoting(text.utf8)
  }
}
