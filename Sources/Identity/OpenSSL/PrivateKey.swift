import COpenSSL

/// A private key and its public half. Its description never shows it.
///
/// Owns one reference to an `EVP_PKEY`.
@safe
package final class PrivateKey: CustomStringConvertible {
  let pointer: OpaquePointer

  init(takingOwnershipOf pointer: OpaquePointer) {
    unsafe self.pointer = pointer
  }

  deinit {
    unsafe EVP_PKEY_free(pointer)
  }

  /// A new key on P-256, the one curve that every TLS library and every browser takes.
  package static func generate() throws(OpenSSLError) -> PrivateKey {
    let key = unsafe try OpenSSLCall.object("make a P-256 key") { unsafe signalbox_generate_p256_key() }
    return unsafe PrivateKey(takingOwnershipOf: key)
  }

  /// Reads the first private key in `pem`. An encrypted key is refused, not asked about on the terminal.
  package convenience init(pem: String) throws(OpenSSLError) {
    let key = unsafe try MemoryBIO.holding(pem).withPointer { bio throws(OpenSSLError) in
      unsafe try OpenSSLCall.object("read a private key") {
        unsafe PEM_read_bio_PrivateKey(bio, nil, refusePassword, nil)
      }
    }
    unsafe self.init(takingOwnershipOf: key)
  }

  /// The key as unencrypted PKCS #8. The caller keeps it out of logs and in files of mode 0600.
  package func pem() throws(OpenSSLError) -> String {
    let bio = try MemoryBIO()
    unsafe try bio.withPointer { bio throws(OpenSSLError) in
      try OpenSSLCall.success("write a private key") {
        unsafe PEM_write_bio_PKCS8PrivateKey(bio, pointer, nil, nil, 0, nil, nil)
      }
    }
    return bio.readText()
  }

  package var description: String { "PrivateKey(hidden)" }
}

// Immutable after init, and OpenSSL counts its references with atomic operations and locks what it caches inside.
extension PrivateKey: @unchecked Sendable {}

/// OpenSSL's own answer to an encrypted key is a prompt on the controlling terminal, which would hang a server.
@c
private func refusePassword(
  _ buffer: UnsafeMutablePointer<CChar>?, _ size: CInt, _ isWriting: CInt, _ context: UnsafeMutableRawPointer?
) -> CInt {
  -1
}
