import COpenSSL

/// SHA-256, and what is compared with it.
package enum Digest {
  package static func sha256(_ bytes: [UInt8]) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: 32)
    unsafe _ = SHA256(bytes, bytes.count, &digest)
    return digest
  }

  /// Takes the same time wherever two texts of one length differ.
  package static func isEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    guard left.count == right.count else { return false }
    return unsafe CRYPTO_memcmp(left, right, left.count) == 0
  }
}
