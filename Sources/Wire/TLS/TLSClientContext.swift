import COpenSSL

/// The SSL_CTX that all connections of one client share, on one loop.
///
/// It is ours from end to end: libwebsockets has no part in outgoing connections (docs/decisions/0007).
///
/// Threads: `@unchecked Sendable` because the client and its connections, which are actors of one loop, all hold it. It is used
/// on that loop's thread only, but for its making and its release.
@safe final class TLSClientContext: @unchecked Sendable {
  private let context: OpaquePointer

  /// - Parameter application: what is spoken on it, as ALPN names it; nil for what has no name there.
  init(_ tls: ClientTLS, application: String? = "http/1.1") throws(WireError) {
    OpenSSLErrors.clear()
    guard let context = unsafe SSL_CTX_new(TLS_client_method()) else {
      throw WireError(.resources, "No TLS context could be made: \(OpenSSLErrors.drain()).")
    }
    unsafe self.context = unsafe context
    guard unsafe signalbox_ssl_ctx_set_tls12_and_13(context) == 1,
      unsafe SSL_CTX_set_cipher_list(context, TLSProfile.tls12Suites) == 1,
      unsafe SSL_CTX_set_ciphersuites(context, TLSProfile.tls13Suites) == 1,
      unsafe signalbox_ssl_ctx_set_groups(context, TLSProfile.groups) == 1
    else {
      throw WireError(.certificate, "OpenSSL refused the TLS profile: \(OpenSSLErrors.drain()).")
    }
    unsafe signalbox_ssl_ctx_set_modes(context)
    // Nothing is resumed: each handshake shows and checks the certificates of its day.
    unsafe signalbox_ssl_ctx_set_options(context, 0)
    // With a nil callback OpenSSL's own verdict stands. The context shares the store and keeps a reference of its own.
    unsafe SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nil)
    unsafe SSL_CTX_set1_cert_store(context, tls.trust.store)
    if let application {
      let protocols = [UInt8(application.utf8.count)] + Array(application.utf8)
      guard unsafe SSL_CTX_set_alpn_protos(context, protocols, UInt32(protocols.count)) == 0 else {
        throw WireError(.resources, "OpenSSL refused the protocol's name: \(OpenSSLErrors.drain()).")
      }
    }
    if let identity = tls.identity, !use(identity) {
      throw WireError(.certificate, "OpenSSL refused the client certificate: \(OpenSSLErrors.drain()).")
    }
  }

  private func use(_ identity: TLSIdentity) -> Bool {
    guard let rest = unsafe signalbox_x509_stack_new() else { return false }
    defer { unsafe signalbox_x509_stack_free(rest) }
    for certificate in identity.chain.dropFirst() {
      unsafe _ = X509_up_ref(certificate.pointer)
      unsafe _ = signalbox_x509_stack_push(rest, certificate.pointer)
    }
    return unsafe signalbox_ssl_ctx_use(context, identity.chain[0].pointer, identity.key.pointer, rest) == 1
  }

  /// A client's TLS object on a connected descriptor, which accepts no other server than `name`. The caller frees it.
  func makeConnection(on descriptor: Int32, to name: ServerIdentity) -> OpaquePointer? {
    OpenSSLErrors.clear()
    guard let ssl = unsafe SSL_new(context) else { return nil }
    guard unsafe name.demand(of: ssl), unsafe SSL_set_fd(ssl, descriptor) == 1 else {
      unsafe SSL_free(ssl)
      return nil
    }
    unsafe SSL_set_connect_state(ssl)
    return unsafe ssl
  }

  deinit {
    unsafe SSL_CTX_free(context)
  }
}
