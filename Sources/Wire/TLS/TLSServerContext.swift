import COpenSSL

/// The live SSL_CTX of a listener on one loop. lws makes it and frees it; every decision in it is taken here.
///
/// Changing it while connections are open is what a reload is: connections keep what they negotiated, the next handshake gets
/// the new. (What an open connection's certificate is worth then, `ListenerShard` looks at.) On the loop's thread only.
@safe final class TLSServerContext {
  private let context: OpaquePointer
  private var trust: ClientTrust?

  /// lws frees the context with its virtual host, which lives as long as the loop.
  init(borrowing context: OpaquePointer) {
    unsafe self.context = unsafe context
  }

  func configure(_ tls: TLSConfiguration) throws(WireError) {
    OpenSSLErrors.clear()
    guard unsafe signalbox_ssl_ctx_set_tls12_and_13(context) == 1,
      unsafe SSL_CTX_set_cipher_list(context, TLSProfile.tls12Suites) == 1,
      unsafe SSL_CTX_set_ciphersuites(context, TLSProfile.tls13Suites) == 1,
      unsafe signalbox_ssl_ctx_set_groups(context, TLSProfile.groups) == 1
    else {
      throw WireError(.certificate, "OpenSSL refused the TLS profile: \(OpenSSLErrors.drain()).")
    }
    unsafe signalbox_ssl_ctx_set_modes(context)
    unsafe signalbox_ssl_ctx_ignore_server_name(context)
    try apply(tls)
  }

  /// Puts certificate, trust and ticket policy in place. What can fail has been checked when `tls` was made.
  func apply(_ tls: TLSConfiguration) throws(WireError) {
    OpenSSLErrors.clear()
    guard use(tls.identity) else {
      throw WireError(.certificate, "OpenSSL refused the certificate: \(OpenSSLErrors.drain()).")
    }
    use(tls.clients)
    // A resumed session brings its identity back without the certificate being checked again (revocation, expiry). So: no
    // tickets where certificates matter.
    let grantsTickets = tls.clients.trust == nil
    unsafe signalbox_ssl_ctx_set_options(context, grantsTickets ? 1 : 0)
    unsafe _ = SSL_CTX_set_num_tickets(context, grantsTickets ? 1 : 0)
    var keys = tls.ticketKeys
    unsafe _ = signalbox_ssl_ctx_set_ticket_keys(context, &keys, keys.count)
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

  private func use(_ clients: ClientCertificates) {
    let mode =
      switch clients {
      case .none: SSL_VERIFY_NONE
      case .optional: SSL_VERIFY_PEER
      case .required: SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT
      }
    // With a nil callback OpenSSL's own verdict stands; lws's callback, which overrules it, is replaced by this.
    unsafe SSL_CTX_set_verify(context, mode, nil)
    trust = clients.trust
    unsafe SSL_CTX_set_client_CA_list(context, nil)
    guard let trust else {
      unsafe SSL_CTX_set_cert_verify_callback(context, nil, nil)
      return
    }
    unsafe SSL_CTX_set1_cert_store(context, trust.store)
    for authority in trust.authorities { unsafe _ = SSL_CTX_add_client_CA(context, authority.pointer) }
    let label: [UInt8] = Array("signalbox".utf8)
    unsafe _ = SSL_CTX_set_session_id_context(context, label, UInt32(label.count))
    // Unretained: `trust` keeps it alive until the next `use`, and handshakes run on this same thread.
    unsafe SSL_CTX_set_cert_verify_callback(context, verifyClient, Unmanaged.passUnretained(trust).toOpaque())
  }
}

/// The verdict on a client's certificate. Anything but 1 ends the handshake.
@c private func verifyClient(_ chain: OpaquePointer?, _ argument: UnsafeMutableRawPointer?) -> Int32 {
  guard let chain = unsafe chain, let argument = unsafe argument else { return 0 }
  let trust = unsafe Unmanaged<ClientTrust>.fromOpaque(argument).takeUnretainedValue()
  return unsafe trust.accepts(chain) ? 1 : 0
}
