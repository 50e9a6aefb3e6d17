/// What a credential that was found good says about whoever showed it. Which principal that is, the policy decides, anew each time.
package enum CredentialClaims: Sendable, Equatable {
  case certificate(CertificateClaims)
  case token(TokenClaims)
  /// A sign-in link that an operator has made out to a name of the policy.
  case link(name: String)
}

package struct CertificateClaims: Sendable, Equatable {
  /// Subject alternative names, in the certificate's order.
  package let uris: [String]
  package let dnsNames: [String]
  /// SHA-256 of the DER form, lower-case hexadecimal.
  package let fingerprint: String
  /// In lower-case hexadecimal.
  package let serial: String
  package let expires: UnixTime

  package init(uris: [String], dnsNames: [String], fingerprint: String, serial: String, expires: UnixTime) {
    self.uris = uris
    self.dnsNames = dnsNames
    self.fingerprint = fingerprint
    self.serial = serial
    self.expires = expires
  }
}

package struct TokenClaims: Sendable, Equatable {
  package let issuer: String
  package let subject: String
  package let tenant: String?
  /// As the token has them; names that are no role here say nothing.
  package let roles: [String]
  package let expires: UnixTime
  /// `jti`, if it has one.
  package let id: String?

  package init(issuer: String, subject: String, tenant: String?, roles: [String], expires: UnixTime, id: String?) {
    self.issuer = issuer
    self.subject = subject
    self.tenant = tenant
    self.roles = roles
    self.expires = expires
    self.id = id
  }
}
