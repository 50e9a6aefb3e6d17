import COpenSSL

/// A certificate revocation list: the serial numbers an authority takes back, signed by it.
///
/// Owns one reference to an `X509_CRL`.
@safe
package final class RevocationList {
  let pointer: OpaquePointer

  init(takingOwnershipOf pointer: OpaquePointer) {
    unsafe self.pointer = pointer
  }

  deinit {
    unsafe X509_CRL_free(pointer)
  }

  /// Reads the first revocation list in `pem`.
  package convenience init(pem: String) throws(OpenSSLError) {
    let list = unsafe try MemoryBIO.holding(pem).withPointer { bio throws(OpenSSLError) in
      unsafe try OpenSSLCall.object("read a revocation list") { unsafe PEM_read_bio_X509_CRL(bio, nil, nil, nil) }
    }
    unsafe self.init(takingOwnershipOf: list)
  }

  package func pem() throws(OpenSSLError) -> String {
    let bio = try MemoryBIO()
    unsafe try bio.withPointer { bio throws(OpenSSLError) in
      try OpenSSLCall.success("write a revocation list") { unsafe PEM_write_bio_X509_CRL(bio, pointer) }
    }
    return bio.readText()
  }

  package func nextUpdate() throws(OpenSSLError) -> UnixTime {
    unsafe try UnixTime(copying: X509_CRL_get0_nextUpdate(pointer))
  }

  /// Whether the list takes this serial number back. Who signed the list is not looked at.
  package func revokes(_ serialNumber: SerialNumber) throws(OpenSSLError) -> Bool {
    var isRevoked = false
    unsafe try serialNumber.withInteger { number throws(OpenSSLError) in
      var entry: OpaquePointer?
      isRevoked = unsafe X509_CRL_get0_by_serial(pointer, &entry, number) == 1
    }
    return isRevoked
  }
}

// Immutable once it has left RevocationListTemplate, and OpenSSL locks what an X509_CRL sorts and caches inside.
extension RevocationList: @unchecked Sendable {}
