import COpenSSL

extension CertificateTemplate {
  /// Needs the certificate's public key to be set, because the key identifier is made from it.
  func addExtensions(to certificate: Certificate, issuer: Certificate?) throws(OpenSSLError) {
    try addBasicConstraints(to: certificate)
    try addKeyUsage(to: certificate)
    if !extendedKeyUsages.isEmpty { try addExtendedKeyUsages(to: certificate) }
    if !alternativeNames.isEmpty { try addAlternativeNames(to: certificate) }
    try addKeyIdentifier(to: certificate)
    if let issuer { try addIssuerKeyIdentifier(of: issuer, to: certificate) }
  }

  private func addBasicConstraints(to certificate: Certificate) throws(OpenSSLError) {
    let constraints = unsafe try OpenSSLCall.object("make basic constraints") { unsafe BASIC_CONSTRAINTS_new() }
    defer { unsafe BASIC_CONSTRAINTS_free(constraints) }
    if case .authority(let pathLength) = role {
      unsafe constraints.pointee.ca = 0xFF
      let length = unsafe try OpenSSLCall.object("make a path length") { unsafe ASN1_INTEGER_new() }
      // From here on the constraints own the number, and free it.
      unsafe constraints.pointee.pathlen = length
      try OpenSSLCall.success("set a path length") { unsafe ASN1_INTEGER_set(length, pathLength) }
    }
    unsafe try certificate.add(NID_basic_constraints, constraints, isCritical: true)
  }

  private func addKeyUsage(to certificate: Certificate) throws(OpenSSLError) {
    let bits = unsafe try OpenSSLCall.object("make key usages") { unsafe ASN1_BIT_STRING_new() }
    defer { unsafe ASN1_BIT_STRING_free(bits) }
    for bit in 0..<16 where keyUsage.rawValue & 1 << bit != 0 {
      try OpenSSLCall.success("set key usages") { unsafe ASN1_BIT_STRING_set_bit(bits, CInt(bit), 1) }
    }
    unsafe try certificate.add(NID_key_usage, bits, isCritical: true)
  }

  private func addExtendedKeyUsages(to certificate: Certificate) throws(OpenSSLError) {
    let stack = unsafe try OpenSSLCall.object("make extended key usages") { unsafe EXTENDED_KEY_USAGE_new() }
    defer { unsafe EXTENDED_KEY_USAGE_free(stack) }
    for usage in extendedKeyUsages {
      let object = unsafe try OpenSSLCall.object("read the object identifier \(usage.identifier)") {
        unsafe OBJ_txt2obj(usage.identifier, 1)
      }
      do throws(OpenSSLError) {
        try OpenSSLCall.success("add an extended key usage") { unsafe signalbox_key_usages_push0(stack, object) }
      } catch {
        unsafe ASN1_OBJECT_free(object)
        throw error
      }
    }
    unsafe try certificate.add(NID_ext_key_usage, UnsafeMutableRawPointer(stack), isCritical: false)
  }

  private func addKeyIdentifier(to certificate: Certificate) throws(OpenSSLError) {
    var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
    try OpenSSLCall.success("digest a public key") {
      // Safety: X509_pubkey_digest writes at most EVP_MAX_MD_SIZE bytes.
      unsafe digest.withUnsafeMutableBufferPointer {
        unsafe X509_pubkey_digest(certificate.pointer, EVP_sha256(), $0.baseAddress, nil)
      }
    }
    let identifier = unsafe try OpenSSLCall.object("make a key identifier") { unsafe ASN1_OCTET_STRING_new() }
    defer { unsafe ASN1_OCTET_STRING_free(identifier) }
    // RFC 7093 §2: the leftmost 160 bits of the SHA-256 of the public key.
    try OpenSSLCall.success("set a key identifier") { unsafe ASN1_OCTET_STRING_set(identifier, digest, 20) }
    unsafe try certificate.add(NID_subject_key_identifier, identifier, isCritical: false)
  }

  private func addIssuerKeyIdentifier(of issuer: Certificate, to certificate: Certificate) throws(OpenSSLError) {
    unsafe try issuer.withAuthorityKeyIdentifier { identifier throws(OpenSSLError) in
      unsafe try certificate.add(NID_authority_key_identifier, identifier, isCritical: false)
    }
  }
}

extension Certificate {
  /// Adds a copy of an extension's decoded value, which keeps its owner.
  fileprivate func add(
    _ identifier: CInt, _ value: UnsafeMutableRawPointer, isCritical: Bool
  ) throws(OpenSSLError) {
    try OpenSSLCall.success("add an extension to a certificate") {
      unsafe X509_add1_ext_i2d(pointer, identifier, value, isCritical ? 1 : 0, UInt(X509V3_ADD_DEFAULT))
    }
  }

  /// Lends to `body` the extension by which a certificate or a revocation list says that this certificate's key signed it.
  func withAuthorityKeyIdentifier(
    _ body: (UnsafeMutablePointer<AUTHORITY_KEYID>) throws(OpenSSLError) -> Void
  ) throws(OpenSSLError) {
    let own = unsafe try OpenSSLCall.object("find the issuer's key identifier") {
      unsafe X509_get0_subject_key_id(pointer)
    }
    let identifier = unsafe try OpenSSLCall.object("make an authority key identifier") { unsafe AUTHORITY_KEYID_new() }
    defer { unsafe AUTHORITY_KEYID_free(identifier) }
    unsafe identifier.pointee.keyid = unsafe try OpenSSLCall.object("copy the issuer's key identifier") {
      unsafe ASN1_OCTET_STRING_dup(own)
    }
    unsafe try body(identifier)
  }
}
