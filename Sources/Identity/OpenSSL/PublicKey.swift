import COpenSSL

/// The public half of a key, made from its numbers.
///
/// Owns one reference to an `EVP_PKEY`.
@safe
final class PublicKey {
  let pointer: OpaquePointer

  private init(takingOwnershipOf pointer: OpaquePointer) {
    unsafe self.pointer = pointer
  }

  deinit {
    unsafe EVP_PKEY_free(pointer)
  }

  /// Throws for a modulus that is even, prime or has small factors, and for an exponent that is even or 1.
  static func rsa(modulus: [UInt8], exponent: [UInt8]) throws(OpenSSLError) -> PublicKey {
    let key = try PublicKey(
      subjectPublicKeyInfo: DER.sequence(
        DER.sequence(ObjectIdentifier.rsa, DER.null),
        DER.bitString(DER.sequence(DER.integer(modulus), DER.integer(exponent)))))
    try key.check()
    return key
  }

  /// A point on P-256; throws when it is none. Each coordinate has 32 bytes.
  static func p256(x: [UInt8], y: [UInt8]) throws(OpenSSLError) -> PublicKey {
    let key = try PublicKey(
      subjectPublicKeyInfo: DER.sequence(
        DER.sequence(ObjectIdentifier.ellipticCurve, ObjectIdentifier.p256), DER.bitString([0x04] + x + y)))
    try key.check()
    return key
  }

  /// The 32 bytes of an Ed25519 key. Whether they are a point shows when something is verified.
  static func ed25519(_ bytes: [UInt8]) throws(OpenSSLError) -> PublicKey {
    let key = unsafe try OpenSSLCall.object("read an Ed25519 key") {
      unsafe EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nil, bytes, bytes.count)
    }
    return unsafe PublicKey(takingOwnershipOf: key)
  }

  private convenience init(subjectPublicKeyInfo bytes: [UInt8]) throws(OpenSSLError) {
    let key = unsafe try OpenSSLCall.object("read a public key") {
      unsafe bytes.withUnsafeBufferPointer { bytes in
        // d2i moves the pointer it is given, so it gets one of its own.
        var next = bytes.baseAddress
        return unsafe d2i_PUBKEY(nil, &next, bytes.count)
      }
    }
    unsafe self.init(takingOwnershipOf: key)
  }

  private func check() throws(OpenSSLError) {
    let context = unsafe try OpenSSLCall.object("check a public key") { unsafe EVP_PKEY_CTX_new(pointer, nil) }
    defer { unsafe EVP_PKEY_CTX_free(context) }
    try OpenSSLCall.success("take a public key as sound") { unsafe EVP_PKEY_public_check(context) }
  }
}

// Immutable after init, and OpenSSL counts its references with atomic operations and locks what it caches inside.
extension PublicKey: @unchecked Sendable {}
