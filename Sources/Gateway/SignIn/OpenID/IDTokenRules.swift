import Identity
import JSON
import Telemetry

/// What an ID token has to say beyond what any token has to (OpenID Connect Core section 3.1.3.7).
struct IDTokenRules: Sendable {
  let clientID: String
  let nonce: Secret

  /// - Parameter token: its signature, issuer, audience and times are good.
  func check(_ token: VerifiedToken) throws(OpenIDFault) {
    guard let nonce = token.payload["nonce"]?.string else { throw Self.fault("has no nonce") }
    guard Secret(nonce) == self.nonce else {
      // Somebody else's code, brought in by somebody who could not get at the rest.
      throw Self.fault("has the nonce of another sign-in")
    }
    guard let party = token.payload["azp"] else {
      guard (token.payload["aud"]?.count ?? 0) <= 1 else {
        throw Self.fault("is for several clients and has no azp that says for which of them it was made")
      }
      return
    }
    guard party.equalsString(clientID) else { throw Self.fault("was made for another client, its azp says") }
  }

  static func fault(_ reason: String) -> OpenIDFault {
    OpenIDFault(
      .denied,
      "The ID token of the issuer is not good for this sign-in. Sign in again; if it goes on, tell whoever runs this gateway.",
      detail: "The ID token \(reason).")
  }
}
