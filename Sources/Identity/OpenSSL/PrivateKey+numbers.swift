import COpenSSL

/// Key pairs from their numbers, and their numbers from them.
extension PrivateKey {
  /// A new RSA key. Takes a while.
  static func generateRSA(bits: UInt32) throws(OpenSSLError) -> PrivateKey {
    let key = unsafe try OpenSSLCall.object("make an RSA key") { unsafe signalbox_generate_rsa_key(bits) }
    return unsafe PrivateKey(takingOwnershipOf: key)
  }

  static func generateEd25519() throws(OpenSSLError) -> PrivateKey {
    let key = unsafe try OpenSSLCall.object("make an Ed25519 key") { unsafe signalbox_generate_ed25519_key() }
    return unsafe PrivateKey(takingOwnershipOf: key)
  }

  /// - Parameter numbers: n, e, d, p, q, dp, dq, qi, as RFC 8017 appendix A.1.2 has them.
  static func rsa(_ numbers: [[UInt8]]) throws(OpenSSLError) -> PrivateKey {
    let key = try PrivateKey(traditional: DER.sequence(Array(([[0]] + numbers).map { DER.integer($0) }.joined())))
    // Signing uses only some of the numbers; others that do not fit would come to light with somebody else.
    let context = unsafe try OpenSSLCall.object("check an RSA key") { unsafe EVP_PKEY_CTX_new(key.pointer, nil) }
    defer { unsafe EVP_PKEY_CTX_free(context) }
    try OpenSSLCall.success("take an RSA key as sound") { unsafe EVP_PKEY_check(context) }
    return key
  }

  /// As RFC 5915 has it. Each number has 32 bytes.
  static func p256(d: [UInt8], x: [UInt8], y: [UInt8]) throws(OpenSSLError) -> PrivateKey {
    try PrivateKey(
      traditional: DER.sequence(
        DER.integer([1]), DER.octetString(d), DER.tagged(0, ObjectIdentifier.p256),
        DER.tagged(1, DER.bitString([0x04] + x + y))))
  }

  static func ed25519(_ bytes: [UInt8]) throws(OpenSSLError) -> PrivateKey {
    let key = unsafe try OpenSSLCall.object("read an Ed25519 key") {
      unsafe EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nil, bytes, bytes.count)
    }
    return unsafe PrivateKey(takingOwnershipOf: key)
  }

  private convenience init(traditional bytes: [UInt8]) throws(OpenSSLError) {
    let key = unsafe try OpenSSLCall.object("read a private key") {
      unsafe bytes.withUnsafeBufferPointer { bytes in
        // d2i moves the pointer it is given, so it gets one of its own.
        var next = bytes.baseAddress
        return unsafe d2i_AutoPrivateKey(nil, &next, bytes.count)
      }
    }
    unsafe self.init(takingOwnershipOf: key)
  }

  /// One number of an RSA or P-256 key, big-endian.
  /// - Parameters:
  ///   - name: as EVP_PKEY-RSA(7) and EVP_PKEY-EC(7) have it.
  ///   - length: how many bytes to write it in; nil takes as few as it needs.
  func number(_ name: String, length: Int? = nil) throws(OpenSSLError) -> [UInt8] {
    var number: OpaquePointer?
    try OpenSSLCall.success("look into a key") { unsafe EVP_PKEY_get_bn_param(pointer, name, &number) }
    defer { unsafe BN_clear_free(number) }
    let count = unsafe length ?? (Int(BN_num_bits(number)) + 7) / 8
    var bytes = [UInt8](repeating: 0, count: count)
    try OpenSSLCall.success("write a number of a key") { unsafe BN_bn2binpad(number, &bytes, CInt(count)) }
    return bytes
  }

  /// The two halves of an Ed25519 key.
  func ed25519Halves() throws(OpenSSLError) -> (private: [UInt8], public: [UInt8]) {
    var secret = [UInt8](repeating: 0, count: 32)
    var open = secret
    var count = 32
    try OpenSSLCall.success("look into a key") { unsafe EVP_PKEY_get_raw_private_key(pointer, &secret, &count) }
    try OpenSSLCall.success("look into a key") { unsafe EVP_PKEY_get_raw_public_key(pointer, &open, &count) }
    return (secret, open)
  }
}
