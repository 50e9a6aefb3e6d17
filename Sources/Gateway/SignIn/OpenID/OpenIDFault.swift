import HTTP

/// Why somebody is not signed in.
struct OpenIDFault: Error, Sendable, Equatable {
  enum Kind: Sendable {
    /// The browser brought something that does not belong to a sign-in of its own.
    case request
    /// The issuer, or this gateway, knows who it is and says no.
    case denied
    /// What the issuer says cannot be used.
    case issuer
    /// The issuer cannot be reached, or says that it cannot work just now.
    case unavailable
    /// The gateways' own memory of sign-ins is away.
    case away
  }

  let kind: Kind
  /// For whoever signs in: full sentences that say what was wrong and what to do, in printable ASCII, without anything secret.
  let advice: String
  /// For operators, in the audit trail: what was wrong exactly. Also without anything secret.
  let detail: String

  /// - Parameter detail: nil when the advice says it all.
  init(_ kind: Kind, _ advice: String, detail: String? = nil) {
    self.kind = kind
    self.advice = advice
    self.detail = detail ?? advice
  }

  var status: HTTPStatus {
    switch kind {
    case .request: .badRequest
    case .denied: .forbidden
    case .issuer: .badGateway
    case .unavailable, .away: .serviceUnavailable
    }
  }

  var code: String {
    switch kind {
    case .request: "bad-sign-in"
    case .denied: "sign-in-denied"
    case .issuer: "bad-issuer"
    case .unavailable: "issuer-unavailable"
    case .away: "sessions-away"
    }
  }

  /// What is wrong with the issuer is its operators' business and ours, not that of whoever wants to sign in.
  static func issuer(_ detail: String) -> OpenIDFault {
    OpenIDFault(
      .issuer,
      "The issuer gave an answer that cannot be used. Try again; if it goes on, tell whoever runs this gateway.",
      detail: detail)
  }

  static let away = OpenIDFault(
    .away,
    "The server that keeps the sessions is away at the moment, and nobody can sign in. Try again in a minute.")

  static func unavailable(_ detail: String) -> OpenIDFault {
    OpenIDFault(
      .unavailable, "The issuer that signs people in cannot be reached at the moment. Try again in a minute.",
      detail: detail)
  }
}
