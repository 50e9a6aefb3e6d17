import COpenSSL

/// What is held against a client's certificate that was good when it was shown.
package enum CertificateFault: String, Sendable {
  case expired
  /// It is on the revocation list, nobody vouches for it any more, or its name is no longer one that may come in.
  case revoked
}

extension ClientTrust {
  /// The whole verdict: OpenSSL's (chain, dates, revocation, purpose), then ours (a leaf that says it is for clients, with a name
  /// that we expect).
  func accepts(_ chain: OpaquePointer) -> Bool {
    guard unsafe X509_verify_cert(chain) == 1 else { return false }
    guard let leaf = unsafe X509_STORE_CTX_get0_cert(chain), unsafe isGood(leaf: leaf) else {
      unsafe X509_STORE_CTX_set_error(chain, X509_V_ERR_APPLICATION_VERIFICATION)
      return false
    }
    return true
  }

  /// What OpenSSL lets pass and a gateway must not.
  private func isGood(leaf: OpaquePointer) -> Bool {
    // Without the extension a certificate is good for everything in OpenSSL's eyes; ours must say clientAuth itself.
    let usage = unsafe X509_get_extended_key_usage(leaf)
    guard usage != UInt32.max, usage & UInt32(XKU_SSL_CLIENT) != 0, unsafe X509_check_ca(leaf) == 0 else {
      return false
    }
    guard let peer = try? unsafe PeerIdentity(certificate: leaf) else { return false }
    return names.accept(peer)
  }
}

extension ClientCertificates {
  /// What is wrong by these rules with whoever shook hands here under others; nil when nothing is. The verdict is the one that a new
  /// handshake would get.
  func fault(of ssl: OpaquePointer) -> CertificateFault? {
    guard let leaf = unsafe SSL_get1_peer_certificate(ssl) else {
      if case .required = self { return .revoked }
      return nil
    }
    defer { unsafe X509_free(leaf) }
    guard let trust else { return .revoked }
    guard let chain = unsafe X509_STORE_CTX_new() else { fatalError("Out of memory for a certificate's verdict.") }
    defer {
      unsafe X509_STORE_CTX_free(chain)
      OpenSSLErrors.clear()
    }
    // As OpenSSL itself prepares it in a handshake: what the client sent along, the purpose, the strength of keys.
    guard unsafe X509_STORE_CTX_init(chain, trust.store, leaf, SSL_get_peer_cert_chain(ssl)) == 1,
      unsafe X509_STORE_CTX_set_default(chain, "ssl_client") == 1
    else { return .revoked }
    unsafe X509_VERIFY_PARAM_set_auth_level(X509_STORE_CTX_get0_param(chain), SSL_get_security_level(ssl))
    guard unsafe !trust.accepts(chain) else { return nil }
    return unsafe X509_STORE_CTX_get_error(chain) == X509_V_ERR_CERT_HAS_EXPIRED ? .expired : .revoked
  }
}
