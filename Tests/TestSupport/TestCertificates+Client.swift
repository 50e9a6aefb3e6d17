import Identity

extension TestCertificates {
  /// A client certificate with one fault, or with none. Unless its name says otherwise, the certificate is the client
  /// authority's, is valid now, is for client authentication, and names `spiffe://signalbox.local/agent/good`.
  package enum Client: String, Sendable, CaseIterable {
    /// An agent, with nothing wrong.
    case good
    /// `spiffe://signalbox.local/operator/good`, with nothing wrong.
    case goodOperator
    case selfSigned
    case expired
    case notYetValid
    /// Signed by an authority of another name.
    case wrongCA
    /// Signed by an authority with the client authority's name and another key.
    case impostorCA
    /// Signed by the authority for servers.
    case serverCA
    /// For server authentication alone.
    case wrongEKU
    /// Without extended key usage.
    case noEKU
    case revoked
    /// `spiffe://elsewhere.example/agent/a`: another trust domain.
    case wrongSAN
    case noSAN
    /// The URI `spiffe://signalbox.local/agent/good`, a NUL, and more.
    case nulInURI
    /// The DNS name `good.signalbox.local`, a NUL, and more.
    case nulInDNS
    /// An authority itself, signed by the client authority; all else about it is good.
    case authorityAsLeaf

    /// What a gateway that requires a certificate must hold against it.
    package enum Fault: Sendable {
      /// No chain of valid certificates leads to the client authority.
      case chain
      /// It is not for client authentication, or is no end entity's.
      case purpose
      case revocation
      /// It names nobody that this gateway knows.
      case name
    }

    package var fault: Fault? {
      switch self {
      case .good, .goodOperator: nil
      case .selfSigned, .expired, .notYetValid, .wrongCA, .impostorCA, .serverCA: .chain
      case .wrongEKU, .noEKU, .authorityAsLeaf: .purpose
      case .revoked: .revocation
      case .wrongSAN, .noSAN, .nulInURI, .nulInDNS: .name
      }
    }
  }
}

extension TestCertificates.Client {
  func template(_ validity: Validity) -> CertificateTemplate {
    var template = CertificateTemplate(
      commonName: rawValue, notBefore: validity.notBefore, notAfter: validity.notAfter,
      extendedKeyUsages: [.clientAuthentication], alternativeNames: [.uri("spiffe://signalbox.local/agent/good")])
    switch self {
    case .good, .selfSigned, .wrongCA, .impostorCA, .serverCA, .revoked: break
    case .goodOperator: template.alternativeNames = [.uri("spiffe://signalbox.local/operator/good")]
    case .expired:
      template.notBefore = validity.longAgo
      template.notAfter = validity.yesterday
    case .notYetValid: template.notBefore = validity.tomorrow
    case .wrongEKU: template.extendedKeyUsages = [.serverAuthentication]
    case .noEKU: template.extendedKeyUsages = []
    case .wrongSAN: template.alternativeNames = [.uri("spiffe://elsewhere.example/agent/a")]
    case .noSAN: template.alternativeNames = []
    case .nulInURI: template.alternativeNames = [.uri("spiffe://signalbox.local/agent/good\0.evil")]
    case .nulInDNS: template.alternativeNames = [.dns("good.signalbox.local\0.evil.example")]
    case .authorityAsLeaf:
      template.role = .authority(pathLength: 0)
      // The signature bit keeps OpenSSL's own purpose check content: the gateway has to see the authority by itself.
      template.keyUsage = [.digitalSignature, .certificateSigning]
    }
    return template
  }
}
