/// Which tokens are good here.
package struct TokenRules: Sendable, Equatable {
  package var issuer: String
  /// One of them must be among the token's.
  package var audiences: [String]
  package var algorithms: Set<TokenAlgorithm> = [.rs256, .ps256, .es256, .edDSA]
  /// How far the issuer's clock and ours may be apart, in seconds.
  package var clockSkew: Int64 = 30
  package var subjectClaim = "sub"
  /// A list of texts, or one text with spaces between; dots lead into objects: `realm_access.roles`.
  package var rolesClaim = "roles"
  package var tenantClaim = "tenant"
  /// Longer ones are not looked at.
  package var lengthLimit = 8192

  package init(issuer: String, audiences: [String]) {
    self.issuer = issuer
    self.audiences = audiences
  }
}

package enum TokenAlgorithm: String, Sendable, Hashable, CaseIterable {
  case rs256 = "RS256"
  case ps256 = "PS256"
  case es256 = "ES256"
  case edDSA = "EdDSA"
  /// Only where it is configured, with a secret of its own that is never a public key.
  case hs256 = "HS256"
}
