package import Identity

/// A certificate with its key, as OpenSSL objects and as PEM text.
package struct TestCredential: Sendable {
  package let certificate: Certificate
  package let certificatePEM: String
  package let keyPEM: String

  init(_ made: CertifiedKey) throws {
    certificate = made.certificate
    certificatePEM = try made.certificate.pem()
    keyPEM = try made.key.pem()
  }

  func write(as stem: String, to folder: TemporaryFolder) throws {
    try folder.write(certificatePEM, to: stem + ".pem")
    try folder.write(keyPEM, to: stem + ".key", mode: 0o600)
  }
}

/// Where `TestCertificates.write(to:)` has put everything. Keeps the folder alive.
package struct TestCertificateFiles: Sendable {
  package let folder: TemporaryFolder

  package var serverAuthority: String { folder.path("server-ca.pem") }
  package var clientAuthority: String { folder.path("client-ca.pem") }
  package var revocationList: String { folder.path("client-ca.crl") }

  package func certificate(_ client: TestCertificates.Client) -> String {
    folder.path("client-\(client.rawValue).pem")
  }

  package func key(_ client: TestCertificates.Client) -> String {
    folder.path("client-\(client.rawValue).key")
  }

  package func certificate(server: TestCertificates.Server) -> String {
    folder.path("server-\(server.rawValue).pem")
  }

  package func key(server: TestCertificates.Server) -> String {
    folder.path("server-\(server.rawValue).key")
  }
}
