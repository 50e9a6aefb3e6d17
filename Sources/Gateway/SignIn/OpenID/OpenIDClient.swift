import Telemetry

/// This gateway as the issuer knows it.
struct OpenIDClient: Sendable {
  let issuer: String
  let id: String
  /// Nil: a public client, which PKCE alone ties to its codes.
  let secret: Secret?
  let scopes: [String]

  /// Without `openid` it would be a grant of access and say nothing about people.
  init(issuer: String, id: String, secret: Secret?, scopes: [String]) {
    self.issuer = issuer
    self.id = id
    self.secret = secret
    self.scopes = scopes.contains("openid") ? scopes : ["openid"] + scopes
  }
}
