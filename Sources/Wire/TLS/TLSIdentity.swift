import COpenSSL

/// A certificate with its chain and private key: read, checked against each other and in date, before any listener sees it.
package struct TLSIdentity: Sendable {
  let chain: [X509Reference]
  let key: KeyReference
  /// The leaf's end of validity, in seconds since 1970.
  package let notAfter: Int64
  /// The leaf's SHA-256 fingerprint in hexadecimal.
  package let fingerprint: String

  /// Reads both files. Throws with the file's name and the reason; nothing is used then.
  package static func load(chainFile: String, keyFile: String, now: Int64 = UnixClock.now()) throws(WireError)
    -> TLSIdentity
  {
    try TLSIdentity(
      chainPEM: FileContents.read(chainFile), keyPEM: FileContents.read(keyFile), chainSource: chainFile,
      keySource: keyFile, now: now)
  }

  package init(
    chainPEM: [UInt8], keyPEM: [UInt8], chainSource: String = "The certificate", keySource: String = "The private key",
    now: Int64 = UnixClock.now()
  ) throws(WireError) {
    chain = try PEM.certificates(chainPEM, source: chainSource)
    key = try PEM.privateKey(keyPEM, source: keySource)
    let leaf = chain[0]
    OpenSSLErrors.clear()
    guard unsafe X509_check_private_key(leaf.pointer, key.pointer) == 1 else {
      OpenSSLErrors.clear()
      throw WireError(
        .certificate,
        "\(keySource) is not the key of the first certificate in \(chainSource). Give the pair that belongs together.")
    }
    let facts = try unsafe PeerIdentity(certificate: leaf.pointer)
    guard facts.notAfter > now else {
      throw WireError(.certificate, "\(chainSource) has expired (\(facts.notAfterText)). Issue a new certificate.")
    }
    guard facts.notBefore <= now else {
      throw WireError(.certificate, "\(chainSource) is not valid before \(facts.notBeforeText). Check the clock.")
    }
    notAfter = facts.notAfter
    fingerprint = facts.fingerprint
  }
}
