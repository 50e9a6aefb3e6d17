import TestSupport
import Wire

/// One set of certificates for all tests, in files, because other programs read them.
enum Certificates {
  private static let made = Result {
    let certificates = try TestCertificates()
    return (certificates, try certificates.write(to: TemporaryFolder()))
  }

  static func files() throws -> TestCertificateFiles { try made.get().1 }

  /// What a client of ours trusts, and shows.
  static func tls(showing client: TestCertificates.Client?) throws -> ClientTLS {
    let certificates = try made.get().0
    return ClientTLS(
      trust: try ServerTrust(authorityPEM: Array(certificates.serverAuthority.certificatePEM.utf8)),
      identity: try client.map { client in
        let credential = certificates[client]
        return try TLSIdentity(
          chainPEM: Array(credential.certificatePEM.utf8), keyPEM: Array(credential.keyPEM.utf8))
      })
  }
}
