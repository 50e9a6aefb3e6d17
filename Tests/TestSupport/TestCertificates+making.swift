import Identity

// More than the fixed set, signed by its authorities.
extension TestCertificates {
  /// A revocation list of the client authority that revokes `clients`, and is outdated if asked.
  package func revocationList(revoking clients: [Client], outdated: Bool = false) throws -> String {
    let now = UnixTime.now()
    return try RevocationListTemplate(
      number: 2, thisUpdate: now.adding(days: -2), nextUpdate: now.adding(days: outdated ? -1 : 30),
      revocations: clients.map {
        RevocationListTemplate.Revocation(serialNumber: try self[$0].certificate.serialNumber(), time: now)
      }
    ).signed(by: clientAuthority.certifiedKey()).pem()
  }

  /// A revocation list of the server authority.
  package func revocationList(revoking servers: [Server]) throws -> String {
    let now = UnixTime.now()
    return try RevocationListTemplate(
      number: 1, thisUpdate: now.adding(days: -2), nextUpdate: now.adding(days: 30),
      revocations: servers.map {
        RevocationListTemplate.Revocation(serialNumber: try self[server: $0].certificate.serialNumber(), time: now)
      }
    ).signed(by: serverAuthority.certifiedKey()).pem()
  }

  /// A good client certificate with these names, for thirty days unless something shorter is said.
  package func client(
    commonName: String, uris: [String], dnsNames: [String], seconds: Int64 = 30 * 86_400
  ) throws -> TestCredential {
    let now = UnixTime.now()
    let template = CertificateTemplate(
      commonName: commonName, notBefore: now.adding(seconds: -300), notAfter: now.adding(seconds: seconds),
      extendedKeyUsages: [.clientAuthentication],
      alternativeNames: uris.map { .uri($0) } + dnsNames.map { .dns($0) })
    return try TestCredential(template.issued(by: clientAuthority.certifiedKey()))
  }

  /// The same for a server.
  package func server(commonName: String, uris: [String], dnsNames: [String]) throws -> TestCredential {
    let now = UnixTime.now()
    let template = CertificateTemplate(
      commonName: commonName, notBefore: now.adding(seconds: -300), notAfter: now.adding(seconds: 30 * 86_400),
      extendedKeyUsages: [.serverAuthentication],
      alternativeNames: uris.map { .uri($0) } + dnsNames.map { .dns($0) })
    return try TestCredential(template.issued(by: serverAuthority.certifiedKey()))
  }
}

extension TestCredential {
  fileprivate func certifiedKey() throws -> CertifiedKey {
    CertifiedKey(certificate: certificate, key: try PrivateKey(pem: keyPEM))
  }
}
