import COpenSSL

/// How a key pair signs. All of them are with SHA-256, but the last, which hashes by itself.
enum SignatureScheme: Sendable {
  /// RSASSA-PKCS1-v1_5.
  case rsaPKCS1
  /// RSASSA-PSS with MGF1 on SHA-256 and a salt as long as the digest: neither more nor less of it is good.
  case rsaPSS
  /// ECDSA on P-256. The signature is r and s in 32 bytes each, which is the form in tokens (RFC 7518 section 3.4), not DER.
  case ecdsaP256
  case ed25519
}

extension PublicKey {
  /// Whether the private half of this key has signed these bytes. The key has to be of the kind that the scheme needs.
  func verifies(_ signature: [UInt8], of message: [UInt8], by scheme: SignatureScheme) -> Bool {
    var signature = signature
    if scheme == .ecdsaP256 {
      guard signature.count == 64 else { return false }
      signature = DER.sequence(DER.integer(signature[..<32]), DER.integer(signature[32...]))
    }
    defer { ERR_clear_error() }
    guard let context = unsafe EVP_MD_CTX_new() else { return false }
    defer { unsafe EVP_MD_CTX_free(context) }
    var details: OpaquePointer?
    let digest = unsafe scheme == .ed25519 ? nil : EVP_sha256()
    guard unsafe EVP_DigestVerifyInit(context, &details, digest, nil, pointer) == 1,
      unsafe scheme.configure(details)
    else { return false }
    // Only 1 is yes: 0 is a signature that does not fit, and below that are signatures that are none.
    return unsafe EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
  }
}

extension PrivateKey {
  /// Signs these bytes. The key has to be of the kind that the scheme needs.
  func sign(_ message: [UInt8], by scheme: SignatureScheme) throws(OpenSSLError) -> [UInt8] {
    let context = unsafe try OpenSSLCall.object("sign") { unsafe EVP_MD_CTX_new() }
    defer { unsafe EVP_MD_CTX_free(context) }
    var details: OpaquePointer?
    let digest = unsafe scheme == .ed25519 ? nil : EVP_sha256()
    try OpenSSLCall.success("sign with this kind of key") {
      unsafe EVP_DigestSignInit(context, &details, digest, nil, pointer)
    }
    try OpenSSLCall.success("set how to sign") { unsafe scheme.configure(details) ? 1 : 0 }
    var count = 0
    try OpenSSLCall.success("sign") { unsafe EVP_DigestSign(context, nil, &count, message, message.count) }
    var signature = [UInt8](repeating: 0, count: count)
    try OpenSSLCall.success("sign") { unsafe EVP_DigestSign(context, &signature, &count, message, message.count) }
    signature.removeLast(signature.count - count)
    return scheme == .ecdsaP256 ? try Self.numbers(ofECDSASignature: signature) : signature
  }

  /// OpenSSL gives ECDSA signatures in DER.
  private static func numbers(ofECDSASignature bytes: [UInt8]) throws(OpenSSLError) -> [UInt8] {
    let signature = unsafe try OpenSSLCall.object("read an ECDSA signature") {
      unsafe bytes.withUnsafeBufferPointer { bytes in
        // d2i moves the pointer it is given, so it gets one of its own.
        var next = bytes.baseAddress
        return unsafe d2i_ECDSA_SIG(nil, &next, bytes.count)
      }
    }
    defer { unsafe ECDSA_SIG_free(signature) }
    return unsafe try padded(ECDSA_SIG_get0_r(signature)) + padded(ECDSA_SIG_get0_s(signature))
  }

  private static func padded(_ number: OpaquePointer?) throws(OpenSSLError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 32)
    try OpenSSLCall.success("write an ECDSA signature") { unsafe BN_bn2binpad(number, &bytes, 32) }
    return bytes
  }
}

extension SignatureScheme {
  /// What of a scheme the key alone does not say.
  /// - Parameter context: belongs to the operation that it was begun with.
  fileprivate func configure(_ context: OpaquePointer?) -> Bool {
    guard self == .rsaPSS || self == .rsaPKCS1 else { return true }
    let padding = self == .rsaPSS ? RSA_PKCS1_PSS_PADDING : RSA_PKCS1_PADDING
    guard unsafe EVP_PKEY_CTX_set_rsa_padding(context, padding) == 1 else { return false }
    guard self == .rsaPSS else { return true }
    return unsafe EVP_PKEY_CTX_set_rsa_pss_saltlen(context, RSA_PSS_SALTLEN_DIGEST) == 1
      && EVP_PKEY_CTX_set_rsa_mgf1_md(context, EVP_sha256()) == 1
  }
}
