import COpenSSL

/// Who a server must be: the name or address that the caller has asked for, or one of certain names, as it stands in the certificate's
/// SAN.
enum ServerIdentity: Equatable {
  case name(String)
  case address(String)
  /// Whatever the host is.
  case known(ServerNames, host: String)

  /// `host` is a name or a numeric address, without brackets.
  init(host: String, names: ServerNames? = nil) {
    if let names {
      self = .known(names, host: host)
    } else {
      self = Self.isAddress(host) ? .address(host) : .name(host)
    }
  }

  private static func isAddress(_ host: String) -> Bool { (try? SocketAddress(host: host, port: 0)) != nil }

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
    case .known(_, let host):
      // OpenSSL knows no list of names with URIs in it: `isProven` decides, before the first byte of a request leaves.
      return unsafe Self.isAddress(host) || signalbox_ssl_set_server_name(ssl, host) == 1
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
    case .known(let names, _):
      return (try? unsafe PeerIdentity(certificate: certificate)).map { names.accept($0) } ?? false
    }
  }

  /// What is held against a server that is not proven, to follow "is not good:".
  var objection: String {
    switch self {
    case .name, .address: "it does not name the host"
    case .known(let names, _):
      "it has none of the names that are expected, \((names.uris + names.dnsNames).joined(separator: ", "))"
    }
  }
}
