import COpenSSL

/// Bytes that nobody can guess, from OpenSSL's generator.
package enum SecureRandom {
  package static func bytes(_ count: Int) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    // Without randomness no secret is one; there is nothing to go on with.
    guard unsafe RAND_bytes(&bytes, Int32(count)) == 1 else { fatalError("OpenSSL has no random bytes.") }
    return bytes
  }

  /// 256 bits as text that may stand in URLs, cookies and fields.
  package static func token() -> String { Base64URL.encode(bytes(32)) }
}
