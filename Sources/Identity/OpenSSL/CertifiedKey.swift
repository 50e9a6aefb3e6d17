/// A certificate and the private key that belongs to it: what an authority signs with, and what a peer proves itself with.
package struct CertifiedKey: Sendable {
  package let certificate: Certificate
  package let key: PrivateKey

  package init(certificate: Certificate, key: PrivateKey) {
    self.certificate = certificate
    self.key = key
  }
}
