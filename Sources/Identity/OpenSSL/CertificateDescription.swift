/// Everything that a certificate says of itself, as values, for `certs show` and for comparing.
package struct CertificateDescription: Hashable, Sendable {
  package let subject: String
  package let issuer: String
  package let serialNumber: SerialNumber
  package let alternativeNames: [SubjectAlternativeName]
  /// Nil when the certificate does not limit its use.
  package let extendedKeyUsages: [ExtendedKeyUsage]?
  package let isAuthority: Bool
  package let notBefore: UnixTime
  package let notAfter: UnixTime
  /// SHA-256 over the whole certificate, upper case with colons.
  package let fingerprint: String

  package init(of certificate: Certificate) throws(OpenSSLError) {
    subject = try certificate.subject()
    issuer = try certificate.issuer()
    serialNumber = try certificate.serialNumber()
    alternativeNames = try certificate.subjectAlternativeNames()
    extendedKeyUsages = try certificate.extendedKeyUsages()
    isAuthority = certificate.isAuthority
    notBefore = try certificate.notBefore()
    notAfter = try certificate.notAfter()
    fingerprint = try certificate.fingerprint()
  }

  /// Reads the first certificate in `pem`.
  package init(pem: String) throws(OpenSSLError) {
    try self.init(of: Certificate(pem: pem))
  }
}

extension CertificateDescription: CustomStringConvertible {
  /// One field a line, for people. Nothing in it can disturb a terminal, whatever the certificate holds.
  package var description: String {
    let usages = extendedKeyUsages.map { $0.map(\.description).joined(separator: ", ") } ?? "not limited"
    let names = alternativeNames.isEmpty ? "none" : alternativeNames.map(\.description).joined(separator: ", ")
    return """
      subject      \(subject)
      issuer       \(issuer)
      serial       \(serialNumber)
      names        \(names)
      usage        \(usages)\(isAuthority ? " (an authority)" : "")
      not before   \(notBefore)
      not after    \(notAfter)
      fingerprint  SHA-256 \(fingerprint)
      """
  }
}
