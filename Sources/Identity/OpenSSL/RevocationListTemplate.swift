import COpenSSL

/// What a revocation list is to say.
package struct RevocationListTemplate: Sendable {
  package struct Revocation: Hashable, Sendable {
    package let serialNumber: SerialNumber
    package let time: UnixTime

    package init(serialNumber: SerialNumber, time: UnixTime) {
      self.serialNumber = serialNumber
      self.time = time
    }
  }

  /// Grows with every list of one authority, so that the newer of two is known.
  package var number: Int
  package var thisUpdate: UnixTime
  /// After this moment the list counts as outdated, and a server that insists on a list trusts nobody any more.
  package var nextUpdate: UnixTime
  package var revocations: [Revocation]

  package init(number: Int, thisUpdate: UnixTime, nextUpdate: UnixTime, revocations: [Revocation]) {
    self.number = number
    self.thisUpdate = thisUpdate
    self.nextUpdate = nextUpdate
    self.revocations = revocations
  }

  package func signed(by authority: CertifiedKey) throws(OpenSSLError) -> RevocationList {
    let list = unsafe RevocationList(
      takingOwnershipOf: try OpenSSLCall.object("make a revocation list") { unsafe X509_CRL_new() })
    let pointer = unsafe list.pointer
    // Version 2 is written as 1, and only version 2 has extensions.
    try OpenSSLCall.success("set a revocation list's version") { unsafe X509_CRL_set_version(pointer, 1) }
    try OpenSSLCall.success("set a revocation list's issuer") {
      unsafe X509_CRL_set_issuer_name(pointer, X509_get_subject_name(authority.certificate.pointer))
    }
    unsafe try thisUpdate.withASN1Time { time throws(OpenSSLError) in
      try OpenSSLCall.success("date a revocation list") { unsafe X509_CRL_set1_lastUpdate(pointer, time) }
    }
    unsafe try nextUpdate.withASN1Time { time throws(OpenSSLError) in
      try OpenSSLCall.success("date a revocation list") { unsafe X509_CRL_set1_nextUpdate(pointer, time) }
    }
    for revocation in revocations { try list.add(revocation) }
    try list.addExtensions(number: number, authority: authority.certificate)
    try OpenSSLCall.success("sort a revocation list") { unsafe X509_CRL_sort(pointer) }
    try OpenSSLCall.success("sign a revocation list") {
      unsafe X509_CRL_sign(pointer, authority.key.pointer, EVP_sha256())
    }
    return list
  }
}

extension RevocationList {
  fileprivate func add(_ revocation: RevocationListTemplate.Revocation) throws(OpenSSLError) {
    let entry = unsafe try OpenSSLCall.object("make a revocation") { unsafe X509_REVOKED_new() }
    do throws(OpenSSLError) {
      unsafe try revocation.serialNumber.withInteger { number throws(OpenSSLError) in
        try OpenSSLCall.success("revoke \(revocation.serialNumber)") {
          unsafe X509_REVOKED_set_serialNumber(entry, number)
        }
      }
      unsafe try revocation.time.withASN1Time { time throws(OpenSSLError) in
        try OpenSSLCall.success("date a revocation") { unsafe X509_REVOKED_set_revocationDate(entry, time) }
      }
      // On success the list owns the entry.
      try OpenSSLCall.success("revoke \(revocation.serialNumber)") { unsafe X509_CRL_add0_revoked(pointer, entry) }
    } catch {
      unsafe X509_REVOKED_free(entry)
      throw error
    }
  }

  fileprivate func addExtensions(number: Int, authority: Certificate) throws(OpenSSLError) {
    let integer = unsafe try OpenSSLCall.object("make a revocation list's number") { unsafe ASN1_INTEGER_new() }
    defer { unsafe ASN1_INTEGER_free(integer) }
    try OpenSSLCall.success("number a revocation list") { unsafe ASN1_INTEGER_set(integer, number) }
    unsafe try add(NID_crl_number, integer)
    unsafe try authority.withAuthorityKeyIdentifier { identifier throws(OpenSSLError) in
      unsafe try add(NID_authority_key_identifier, identifier)
    }
  }

  private func add(_ identifier: CInt, _ value: UnsafeMutableRawPointer) throws(OpenSSLError) {
    try OpenSSLCall.success("add an extension to a revocation list") {
      unsafe X509_CRL_add1_ext_i2d(pointer, identifier, value, 0, UInt(X509V3_ADD_DEFAULT))
    }
  }
}
