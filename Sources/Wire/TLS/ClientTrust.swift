import COpenSSL

/// Which client certificates are good: signed by this CA, not revoked by this list, made for clients, and named as expected.
///
/// `@unchecked Sendable`: the store is complete before it is shared; OpenSSL locks it inside and counts references atomically.
@safe package final class ClientTrust: @unchecked Sendable {
  let store: OpaquePointer
  let authorities: [X509Reference]
  package let names: ClientNames
  /// When the first of the authorities ends, in seconds since 1970.
  package let notAfter: Int64
  /// When the first of the revocation lists ends: from then on nobody gets in. Nil when there is none, or none has an end.
  package private(set) var listsNotAfter: Int64?

  /// Reads the CA file and, if given, the revocation list, which must be signed by that CA.
  package static func load(authorityFile: String, revocationFile: String?, names: ClientNames) throws(WireError)
    -> ClientTrust
  {
    try ClientTrust(
      authorityPEM: FileContents.read(authorityFile),
      revocationPEM: try revocationFile.map { file throws(WireError) in try FileContents.read(file) },
      names: names, authoritySource: authorityFile, revocationSource: revocationFile ?? "")
  }

  package init(
    authorityPEM: [UInt8], revocationPEM: [UInt8]?, names: ClientNames, authoritySource: String = "The client CA",
    revocationSource: String = "The revocation list"
  ) throws(WireError) {
    authorities = try PEM.certificates(authorityPEM, source: authoritySource)
    notAfter =
      try authorities.map { authority throws(WireError) in
        try unsafe PeerIdentity(certificate: authority.pointer).notAfter
      }.min() ?? .max
    guard let store = unsafe X509_STORE_new() else { fatalError("Out of memory for a certificate store.") }
    unsafe self.store = unsafe store
    self.names = names
    OpenSSLErrors.clear()
    for authority in authorities {
      guard unsafe X509_check_ca(authority.pointer) > 0 else {
        throw WireError(
          .certificate, "\(authoritySource) holds a certificate that is not a CA, so it cannot vouch for clients.")
      }
      guard unsafe X509_STORE_add_cert(store, authority.pointer) == 1 else {
        throw WireError(.certificate, "\(authoritySource) cannot be used: \(OpenSSLErrors.drain()).")
      }
    }
    guard let revocationPEM else { return }
    for list in try PEM.revocationLists(revocationPEM, source: revocationSource) {
      guard isSignedByAuthority(list) else {
        throw WireError(
          .certificate, "\(revocationSource) is not signed by a CA of \(authoritySource). Give the list of that CA.")
      }
      unsafe _ = X509_STORE_add_crl(store, list.pointer)
      if let end = unsafe X509_CRL_get0_nextUpdate(list.pointer) {
        listsNotAfter = min(listsNotAfter ?? .max, try unsafe PeerIdentity.time(end).0)
      }
    }
    unsafe _ = X509_STORE_set_flags(store, UInt(X509_V_FLAG_CRL_CHECK))
  }

  private func isSignedByAuthority(_ list: CRLReference) -> Bool {
    defer { OpenSSLErrors.clear() }
    return authorities.contains { authority in
      unsafe X509_CRL_verify(list.pointer, X509_get0_pubkey(authority.pointer)) == 1
    }
  }

  deinit {
    unsafe X509_STORE_free(store)
  }
}

/// The names that a client certificate may carry. One of its SAN entries must match; none means that it is nobody.
package struct ClientNames: Sendable, Equatable {
  /// A SAN URI that begins with one of these is accepted. End them with "/" so that no neighbour's name matches.
  package var uriPrefixes: [String]
  /// A SAN DNS name that is one of these is accepted, whatever its case.
  package var dnsNames: [String]

  package init(uriPrefixes: [String] = [], dnsNames: [String] = []) {
    self.uriPrefixes = uriPrefixes
    self.dnsNames = dnsNames.map { $0.lowercased() }
  }

  package func accept(_ peer: PeerIdentity) -> Bool {
    // A name with a NUL inside reads differently to different readers. Such a certificate identifies nobody.
    guard !peer.hasMalformedName else { return false }
    return peer.uris.contains { uri in uriPrefixes.contains { uri.hasPrefix($0) && uri.utf8.count > $0.utf8.count } }
      || peer.dnsNames.contains { dnsNames.contains($0.lowercased()) }
  }
}
