import COpenSSL

/// What a finished handshake agreed on.
package struct TLSSession: Sendable, Equatable {
  /// `TLSv1.2` or `TLSv1.3`.
  package let version: String
  package let cipher: String
  /// The client's certificate, if it showed one. It has been verified: `isVerified` is checked before anything is served.
  package let peer: PeerIdentity?
  /// True when OpenSSL's verdict on the peer is good, or no certificate was needed. (Without one the verdict is good, too.)
  let isVerified: Bool

  init(reading ssl: OpaquePointer) {
    version = unsafe SSL_get_version(ssl).map { unsafe String(cString: $0) } ?? "unknown"
    cipher = unsafe SSL_CIPHER_get_name(SSL_get_current_cipher(ssl)).map { unsafe String(cString: $0) } ?? "unknown"
    var identity: PeerIdentity?
    var isReadable = true
    if let certificate = unsafe SSL_get1_peer_certificate(ssl) {
      defer { unsafe X509_free(certificate) }
      identity = try? unsafe PeerIdentity(certificate: certificate)
      isReadable = identity != nil
    }
    peer = identity
    let isMissing = unsafe identity == nil && SSL_get_verify_mode(ssl) & SSL_VERIFY_FAIL_IF_NO_PEER_CERT != 0
    isVerified = unsafe SSL_get_verify_result(ssl) == X509_V_OK && isReadable && !isMissing
  }
}
