/// What the certificates and lists of a development PKI say. In memory; files are the callers' business.
extension DevelopmentPKI {
  static func makeAuthority(_ commonName: String, days: Int, now: UnixTime) throws(PKIError) -> CertifiedKey {
    try PKIError.openSSL { () throws(OpenSSLError) in
      try CertificateTemplate.authority(
        commonName: commonName, notBefore: now.adding(seconds: -clockTolerance), notAfter: now.adding(days: days)
      ).selfSigned()
    }
  }

  static func makeServer(
    names: [ServerName], days: Int, authority: CertifiedKey, now: UnixTime
  ) throws(PKIError) -> (CertifiedKey, IndexEntry) {
    guard let first = names.first?.description else {
      throw .invalidName("", rule: "a server needs at least one name, as in localhost.")
    }
    return try makeLeaf(
      .server(first), commonName: first, usage: .serverAuthentication, names: names.map(\.alternativeName), days: days,
      authority: authority, now: now)
  }

  /// Beside the names by which it is reached, it has that of the agent: who calls it can tell it from every other server of this PKI.
  static func makeService(
    _ name: String, names: [ServerName], days: Int, authority: CertifiedKey, now: UnixTime
  ) throws(PKIError) -> (CertifiedKey, IndexEntry) {
    try makeLeaf(
      .service(name), commonName: name, usage: .serverAuthentication,
      names: [.uri(ClientKind.agent.identifier(name: name))] + names.map(\.alternativeName), days: days,
      authority: authority, now: now)
  }

  static func makeClient(
    _ kind: ClientKind, name: String, days: Int, authority: CertifiedKey, now: UnixTime
  ) throws(PKIError) -> (CertifiedKey, IndexEntry) {
    try makeLeaf(
      .client(kind, name: name), commonName: name, usage: .clientAuthentication,
      names: [.uri(kind.identifier(name: name))], days: days, authority: authority, now: now)
  }

  /// The list of everything the index says is revoked. It stays good for as long as its authority: a list that ran out
  /// earlier would one morning lock every client out of a development machine. Its number follows from the index,
  /// which grows by at least one revocation with every list but the first.
  static func makeRevocationList(
    of index: CertificateIndex, authority: CertifiedKey, now: UnixTime
  ) throws(PKIError) -> String {
    try PKIError.openSSL { () throws(OpenSSLError) in
      let revocations = index.revocations
      return try RevocationListTemplate(
        number: revocations.count + 1, thisUpdate: now.adding(seconds: -clockTolerance),
        nextUpdate: authority.certificate.notAfter(), revocations: revocations
      ).signed(by: authority).pem()
    }
  }

  private static func makeLeaf(
    _ holder: IndexEntry.Holder, commonName: String, usage: ExtendedKeyUsage, names: [SubjectAlternativeName],
    days: Int, authority: CertifiedKey, now: UnixTime
  ) throws(PKIError) -> (CertifiedKey, IndexEntry) {
    let leaf = try PKIError.openSSL { () throws(OpenSSLError) in
      // Common names end at 64 characters (RFC 5280, ub-common-name); the alternative names are what counts.
      try CertificateTemplate(
        commonName: String(commonName.prefix(64)), notBefore: now.adding(seconds: -clockTolerance),
        notAfter: min(now.adding(days: days), authority.certificate.notAfter()), extendedKeyUsages: [usage],
        alternativeNames: names
      ).issued(by: authority)
    }
    return (leaf, try leaf.indexEntry(for: holder))
  }
}

extension CertifiedKey {
  func indexEntry(for holder: IndexEntry.Holder) throws(PKIError) -> IndexEntry {
    try PKIError.openSSL { () throws(OpenSSLError) in
      IndexEntry(
        holder: holder, serialNumber: try certificate.serialNumber(), notAfter: try certificate.notAfter(),
        state: .issued)
    }
  }

  /// The key first: a certificate without its key is the worse half to be left with.
  func newFiles(_ files: PKILayout.Pair) throws(PKIError) -> [NewFile] {
    try PKIError.openSSL { () throws(OpenSSLError) in
      [
        NewFile(files.key, content: try key.pem(), mode: .ownerOnly, holding: "the private key"),
        NewFile(files.certificate, content: try certificate.pem(), mode: .readableByAll, holding: "the certificate"),
      ]
    }
  }
}
