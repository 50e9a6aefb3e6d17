import COpenSSL

/// What an issuer and we share, for HS256. Its description never shows it.
///
/// It has a file of its own and is never taken from a key set: who could put a secret there could as well put a public key where a
/// secret belongs, and everybody knows that.
package struct TokenSecret: Sendable, CustomStringConvertible, CustomReflectable {
  private let bytes: [UInt8]

  /// Throws for what is too short to be one (RFC 7518 section 3.2), and for what others know.
  /// - Parameter source: names where it comes from, in sentences.
  package init(_ bytes: [UInt8], source: String) throws(KeySetError) {
    guard bytes.count >= 32 else {
      throw KeySetError(
        "\(source) has \(bytes.count) bytes, and a secret for HS256 needs 32 at least. Make one with: openssl rand -base64 48"
      )
    }
    // The oldest trick with tokens is one signed with a public key as the secret.
    guard !bytes.starts(with: "-----BEGIN".utf8), !bytes.starts(with: "ssh-".utf8) else {
      throw KeySetError("\(source) is a key or a certificate, and no secret. Make one with: openssl rand -base64 48")
    }
    self.bytes = bytes
  }

  /// Reads a file that only its owner may read. A line's end, which an editor may have put there, is no part of the secret.
  package static func load(_ path: String) throws -> TokenSecret {
    var bytes = try FileSystem.readPrivateBytes(path, attempt: "read the secret for tokens", limit: 4096)
    while bytes.last == UInt8(ascii: "\n") || bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
    return try TokenSecret(bytes, source: path)
  }

  /// HMAC with SHA-256.
  func authenticationCode(of message: [UInt8]) -> [UInt8] {
    var code = [UInt8](repeating: 0, count: 32)
    var count: UInt32 = 0
    // Without memory there is nothing to go on with; that is the only way in which this fails.
    guard unsafe HMAC(EVP_sha256(), bytes, CInt(bytes.count), message, message.count, &code, &count) != nil, count == 32
    else { fatalError("OpenSSL could not compute an HMAC.") }
    return code
  }

  /// Takes the same time wherever two codes differ.
  func hasAuthenticated(_ message: [UInt8], as code: [UInt8]) -> Bool {
    Digest.isEqual(authenticationCode(of: message), code)
  }

  package var description: String { "TokenSecret(hidden)" }

  package var customMirror: Mirror { Mirror(self, children: []) }
}
