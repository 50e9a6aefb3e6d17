package import JSON

/// A token that was found good, and what it says.
package struct VerifiedToken: Sendable {
  package let claims: TokenClaims
  /// The whole payload: `nonce` and the like.
  package let payload: JSONValue

  package init(claims: TokenClaims, payload: JSONValue) {
    self.claims = claims
    self.payload = payload
  }
}
