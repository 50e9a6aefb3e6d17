import COpenSSL

extension CertificateTemplate {
  /// Makes a new P-256 key and signs its certificate with that same key: a root, or a peer that vouches for itself.
  package func selfSigned() throws(OpenSSLError) -> CertifiedKey {
    let key = try PrivateKey.generate()
    return CertifiedKey(certificate: try signed(certifying: key, issuer: nil), key: key)
  }

  /// Makes a new P-256 key and has `authority` sign its certificate.
  package func issued(by authority: CertifiedKey) throws(OpenSSLError) -> CertifiedKey {
    let key = try PrivateKey.generate()
    return CertifiedKey(certificate: try signed(certifying: key, issuer: authority), key: key)
  }

  private func signed(certifying key: PrivateKey, issuer: CertifiedKey?) throws(OpenSSLError) -> Certificate {
    let certificate = unsafe Certificate(
      takingOwnershipOf: try OpenSSLCall.object("make a certificate") { unsafe X509_new() })
    let pointer = unsafe certificate.pointer
    // Version 3 is written as 2, and only version 3 has extensions.
    try OpenSSLCall.success("set a certificate's version") { unsafe X509_set_version(pointer, 2) }
    unsafe try serialNumber.withInteger { number throws(OpenSSLError) in
      try OpenSSLCall.success("set a certificate's serial number") { unsafe X509_set_serialNumber(pointer, number) }
    }
    unsafe try notBefore.withASN1Time { time throws(OpenSSLError) in
      try OpenSSLCall.success("set a certificate's start") { unsafe X509_set1_notBefore(pointer, time) }
    }
    unsafe try notAfter.withASN1Time { time throws(OpenSSLError) in
      try OpenSSLCall.success("set a certificate's end") { unsafe X509_set1_notAfter(pointer, time) }
    }
    try setNames(of: certificate, issuer: issuer?.certificate)
    try OpenSSLCall.success("set a certificate's key") { unsafe X509_set_pubkey(pointer, key.pointer) }
    try addExtensions(to: certificate, issuer: issuer?.certificate)
    let signer = issuer?.key ?? key
    try OpenSSLCall.success("sign a certificate") { unsafe X509_sign(pointer, signer.pointer, EVP_sha256()) }
    return certificate
  }

  private func setNames(of certificate: Certificate, issuer: Certificate?) throws(OpenSSLError) {
    let pointer = unsafe certificate.pointer
    // The certificate owns its name, and changes to it show in the certificate (X509_get_subject_name(3)).
    let subject = unsafe X509_get_subject_name(pointer)
    var name = Array(commonName.utf8)
    try OpenSSLCall.success("set the common name \(commonName)") {
      unsafe X509_NAME_add_entry_by_NID(subject, NID_commonName, MBSTRING_UTF8, &name, CInt(name.count), -1, 0)
    }
    let issuerName = unsafe X509_get_subject_name(issuer?.pointer ?? pointer)
    try OpenSSLCall.success("set a certificate's issuer") { unsafe X509_set_issuer_name(pointer, issuerName) }
  }
}
