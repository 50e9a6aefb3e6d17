/// What a certificate is to say. A plain value: nothing is checked, so that tests can ask for a hostile one; the rules of
/// the development PKI are `DevelopmentPKI`'s.
package struct CertificateTemplate: Sendable {
  package enum Role: Hashable, Sendable {
    case endEntity
    /// An authority with at most so many authorities below it.
    case authority(pathLength: Int)
  }

  package var commonName: String
  package var notBefore: UnixTime
  package var notAfter: UnixTime
  package var role: Role
  package var keyUsage: KeyUsage
  /// Empty leaves the extension out.
  package var extendedKeyUsages: [ExtendedKeyUsage]
  /// Empty leaves the extension out.
  package var alternativeNames: [SubjectAlternativeName]
  package var serialNumber: SerialNumber

  /// The parts that are not given say: an end entity that may sign handshakes, with a new random serial number.
  package init(
    commonName: String, notBefore: UnixTime, notAfter: UnixTime, role: Role = .endEntity,
    keyUsage: KeyUsage = .digitalSignature, extendedKeyUsages: [ExtendedKeyUsage] = [],
    alternativeNames: [SubjectAlternativeName] = [], serialNumber: SerialNumber = .random()
  ) {
    self.commonName = commonName
    self.notBefore = notBefore
    self.notAfter = notAfter
    self.role = role
    self.keyUsage = keyUsage
    self.extendedKeyUsages = extendedKeyUsages
    self.alternativeNames = alternativeNames
    self.serialNumber = serialNumber
  }

  /// An authority that signs leaves and revocation lists, and no other authority.
  package static func authority(
    commonName: String, notBefore: UnixTime, notAfter: UnixTime
  ) -> CertificateTemplate {
    CertificateTemplate(
      commonName: commonName, notBefore: notBefore, notAfter: notAfter, role: .authority(pathLength: 0),
      keyUsage: [.certificateSigning, .revocationListSigning])
  }
}
