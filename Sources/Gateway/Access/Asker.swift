import Identity

/// Who asks, in one request: found out once, before anything is looked up. Behind a reference, because it is large and is handed on at
/// every step of a request.
final class Asker: Sendable {
  let principal: Principal
  let credential: Credential
  /// The session cookie that came along, when it is time to change it for another.
  let dueCookie: String?

  init(principal: Principal, credential: Credential, dueCookie: String? = nil) {
    self.principal = principal
    self.credential = credential
    self.dueCookie = dueCookie
  }

  /// What was shown, in as much as it matters afterwards.
  enum Credential: Sendable, Equatable {
    case certificate(CertificateClaims)
    case token(TokenClaims)
    case session(Session)
    /// Nothing: the configuration says in whose name it is.
    case configured(name: String)

    /// When it ends, unless somebody shows a newer one.
    var expires: UnixTime {
      switch self {
      case .certificate(let claims): claims.expires
      case .token(let claims): claims.expires
      case .session(let session): session.ends
      case .configured: UnixTime(seconds: .max)
      }
    }

    var kind: String {
      switch self {
      case .certificate: "certificate"
      case .token: "token"
      case .session: "session"
      case .configured: "configured"
      }
    }
  }
}
