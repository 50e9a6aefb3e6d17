import COpenSSL

/// An X.509 certificate, as read or as issued. What it says is believed by nobody here: judging it is the reader's duty.
///
/// Owns one reference to an `X509`.
@safe
package final class Certificate {
  let pointer: OpaquePointer

  init(takingOwnershipOf pointer: OpaquePointer) {
    unsafe self.pointer = pointer
  }

  deinit {
    unsafe X509_free(pointer)
  }

  /// Reads the first certificate in `pem`, which may hold other things before and after it.
  package convenience init(pem: String) throws(OpenSSLError) {
    let certificate = unsafe try MemoryBIO.holding(pem).withPointer { bio throws(OpenSSLError) in
      unsafe try OpenSSLCall.object("read a certificate") { unsafe PEM_read_bio_X509(bio, nil, nil, nil) }
    }
    unsafe self.init(takingOwnershipOf: certificate)
  }

  package func pem() throws(OpenSSLError) -> String {
    let bio = try MemoryBIO()
    unsafe try bio.withPointer { bio throws(OpenSSLError) in
      try OpenSSLCall.success("write a certificate") { unsafe PEM_write_bio_X509(bio, pointer) }
    }
    return bio.readText()
  }

  /// Whether `key` is the private half of the key that this certificate certifies.
  package func belongs(to key: PrivateKey) -> Bool {
    defer { ERR_clear_error() }
    return unsafe X509_check_private_key(pointer, key.pointer) == 1
  }
}

// Immutable once it has left CertificateTemplate, and OpenSSL locks what an X509 caches inside.
extension Certificate: @unchecked Sendable {}
