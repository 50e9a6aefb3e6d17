import HTTP
import Telemetry

/// What a browser brings back from the issuer (RFC 6749 section 4.1.2, RFC 9207).
struct OpenIDCallback: Sendable, Equatable {
  enum Outcome: Sendable, Equatable {
    case code(Secret)
    /// As it came: whoever shows it has to quote it.
    case error(String, description: String?)
  }

  let state: Secret
  let issuer: String?
  let outcome: Outcome

  private static let names = ["state", "iss", "code", "error", "error_description"]

  init(_ items: [QueryItem]) throws(OpenIDFault) {
    var values: [String: String] = [:]
    for item in items where Self.names.contains(item.name) {
      guard values.updateValue(item.value, forKey: item.name) == nil else {
        throw OpenIDFault(.request, "The answer of the issuer has \(item.name) twice. Sign in again.")
      }
    }
    guard let state = values["state"], !state.isEmpty else {
      throw OpenIDFault(
        .request, "The answer of the issuer has no state. Begin the sign-in on this gateway's own page.")
    }
    self.state = Secret(state)
    issuer = values["iss"]
    switch (values["code"], values["error"]) {
    case (let code?, nil) where !code.isEmpty:
      outcome = .code(Secret(code))
    case (nil, let error?):
      outcome = .error(error, description: values["error_description"])
    default:
      throw OpenIDFault(.request, "The answer of the issuer needs either a code or an error. Sign in again.")
    }
  }

  /// The code, when the issuer that we sent the browser to gave one.
  func code(from expected: String, namesItself: Bool) throws(OpenIDFault) -> Secret {
    // Before anything else of it is believed: it may be another issuer's, who wants our code for it (RFC 9207 section 2.4).
    guard issuer == expected || issuer == nil && !namesItself else {
      let brought = issuer.map { "is of \(Excerpt.quoting($0.utf8))" } ?? "does not say which issuer it is of"
      throw OpenIDFault(
        .request,
        "This answer is not of the issuer that signs people in here. Sign in again on this gateway's own page.",
        detail: "The answer \(brought), and openId.issuer is \(Excerpt.quoting(expected.utf8)).")
    }
    switch outcome {
    case .code(let code): return code
    case .error(let error, let description):
      let words = [error, description].compactMap { $0 }.map { Excerpt.quoting($0.utf8) }.joined(separator: ": ")
      throw OpenIDFault(
        Self.kind(of: error), "The issuer did not sign you in; it says \(words). \(Self.advice(on: error))")
    }
  }

  private static func kind(of error: String) -> OpenIDFault.Kind {
    switch error {
    case "server_error", "temporarily_unavailable": .unavailable
    default: .denied
    }
  }

  private static func advice(on error: String) -> String {
    switch error {
    case "server_error", "temporarily_unavailable": "Try again in a minute."
    case "access_denied", "login_required", "interaction_required", "consent_required", "account_selection_required":
      "Sign in again and allow it there, or ask whoever runs the issuer."
    default: "Tell whoever runs this gateway."
    }
  }
}
