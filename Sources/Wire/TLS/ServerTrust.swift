import COpenSSL

/// Which servers are good: signed by these authorities and, if a list is given, not revoked by it. The system's own
/// authorities have no say.
///
/// `@unchecked Sendable`: the store is complete before it is shared; OpenSSL locks it inside and counts references
/// atomically.
@safe package final class ServerTrust: @unchecked Sendable {
  let store: OpaquePointer

  /// Reads the CA file and, if given, the revocation list, which must be signed by that CA. Blocks.
  package static func load(authorityFile: String, revocationFile: String? = nil) throws(WireError) -> ServerTrust {
    try ServerTrust(
      authorityPEM: FileContents.read(authorityFile),
      revocationPEM: try revocationFile.map { file throws(WireError) in try FileContents.read(file) },
      authoritySource: authorityFile, revocationSource: revocationFile ?? "")
  }

  package init(
    authorityPEM: [UInt8], revocationPEM: [UInt8]? = nil, authoritySource: String = "The server CA",
    revocationSource: String = "The revocation list"
  ) throws(WireError) {
    let authorities = try PEM.certificates(authorityPEM, source: authoritySource)
    guard let store = unsafe X509_STORE_new() else { fatalError("Out of memory for a certificate store.") }
    unsafe self.store = unsafe store
    OpenSSLErrors.clear()
    for authority in authorities {
      guard unsafe X509_check_ca(authority.pointer) > 0 else {
        throw WireError(
          .certificate, "\(authoritySource) holds a certificate that is not a CA, so it cannot vouch for servers.")
      }
      guard unsafe X509_STORE_add_cert(store, authority.pointer) == 1 else {
        throw WireError(.certificate, "\(authoritySource) cannot be used: \(OpenSSLErrors.drain()).")
      }
    }
    guard let revocationPEM else { return }
    for list in try PEM.revocationLists(revocationPEM, source: revocationSource) {
      let isSigned = authorities.contains { authority in
        unsafe X509_CRL_verify(list.pointer, X509_get0_pubkey(authority.pointer)) == 1
      }
      OpenSSLErrors.clear()
      guard isSigned else {
        throw WireError(
          .certificate, "\(revocationSource) is not signed by a CA of \(authoritySource). Give the list of that CA.")
      }
      unsafe _ = X509_STORE_add_crl(store, list.pointer)
    }
    unsafe _ = X509_STORE_set_flags(store, UInt(X509_V_FLAG_CRL_CHECK))
  }

  /// Trusts no server, for clients that call none but those of this machine that speak without TLS.
  package static func nobody() -> ServerTrust {
    guard let store = unsafe X509_STORE_new() else { fatalError("Out of memory for a certificate store.") }
    return unsafe ServerTrust(store: store)
  }

  private init(store: OpaquePointer) {
    unsafe self.store = unsafe store
  }

  deinit {
    unsafe X509_STORE_free(store)
  }
}
