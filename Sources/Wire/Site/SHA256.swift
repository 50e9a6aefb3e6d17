import COpenSSL

package enum SHA256 {
  /// In lower-case hexadecimal.
  package static func hexadecimal(_ bytes: [UInt8]) -> String {
    var digest = [UInt8](repeating: 0, count: 32)
    unsafe _ = EVP_Digest(bytes, bytes.count, &digest, nil, EVP_sha256(), nil)
    return digest.map(Hexadecimal.text).joined()
  }
}
