import COpenSSL

/// Who a server must be: the name or address that the caller has asked for, as it stands in the certificate's SAN.
enum ServerIdentity: Equatable {
  case name(String)
  case address(String)

  /// `host` is a name or a numeric address, without brackets.
  init(host: String) {
    self = (try? SocketAddress(host: host, port: 0)) == nil ? .name(host) : .address(host)
  }

  /// Makes it a condition of the handshake. False when OpenSSL does not take it; then no handshake may begin.
  func demand(of ssl: OpaquePointer) -> Bool {
    let parameters = unsafe SSL_get0_param(ssl)
    // The SAN decides, and in it a whole label at most may be a wildcard.
    unsafe X509_VERIFY_PARAM_set_hostflags(
      parameters, UInt32(X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS | X509_CHECK_FLAG_NEVER_CHECK_SUBJECT))
    switch self {
    case .name(let name):
      return unsafe X509_VERIFY_PARAM_set1_host(parameters, name, name.utf8.count) == 1
        && signalbox_ssl_set_server_name(ssl, name) == 1
    case .address(let address):
      return unsafe X509_VERIFY_PARAM_set1_ip_asc(parameters, address) == 1
    }
  }

  /// Looks once more, at the finished handshake and at the certificate itself, so that no slip in the settings lets anyone through.
  func isProven(by ssl: OpaquePointer) -> Bool {
    guard unsafe SSL_get_verify_mode(ssl) & SSL_VERIFY_PEER != 0, unsafe SSL_get_verify_result(ssl) == X509_V_OK,
      let certificate = unsafe SSL_get1_peer_certificate(ssl)
    else { return false }
    defer {
      unsafe X509_free(certificate)
      OpenSSLErrors.clear()
    }
    switch self {
    case .name(let name):
      let flags = UInt32(X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS | X509_CHECK_FLAG_NEVER_CHECK_SUBJECT)
      return unsafe X509_check_host(certificate, name, name.utf8.count, flags, nil) == 1
    case .address(let address):
      return unsafe X509_check_ip_asc(certificate, address, 0) == 1
    }
  }
}
