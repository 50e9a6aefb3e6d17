extension DevelopmentPKI {
  /// Replaces the server's certificate and key by new ones, for the same names unless others are given.
  ///
  /// Both files lie complete on the disk before the first is put in place, and each is put in place whole; a server that
  /// reloads between the two sees a key that does not belong to its certificate, and must keep what it has. Should the
  /// process die just there, renewing again mends it. The old certificate stays valid until it expires.
  package func renewServer(
    names: [ServerName]? = nil, validityInDays days: Int = longestValidity, now: UnixTime
  ) throws(PKIError) -> IssuedFiles {
    try Self.checkValidity(days: days)
    let files = layout.server
    return try locked { () throws(PKIError) in
      var index = try readIndex()
      let names = if let names { names } else { try currentServerNames() }
      let authority = try readAuthority(layout.serverAuthority, now: now)
      let (leaf, entry) = try Self.makeServer(names: names, days: days, authority: authority, now: now)
      let (keyText, certificateText) = try PKIError.openSSL { () throws(OpenSSLError) in
        (try leaf.key.pem(), try leaf.certificate.pem())
      }
      index.add(entry)
      try writeIndex(index)
      try PKIError.files { () throws(FileError) in
        let key = try StagedFile(
          for: files.key, content: keyText, mode: .ownerOnly, attempt: "replace the private key")
        let certificate = try StagedFile(
          for: files.certificate, content: certificateText, mode: .readableByAll, attempt: "replace the certificate")
        try key.commit()
        try certificate.commit()
      }
      return IssuedFiles(certificate: files.certificate, key: files.key, entry: entry)
    }
  }

  private func currentServerNames() throws(PKIError) -> [ServerName] {
    let names = try Self.show(layout.server.certificate).alternativeNames
    var serverNames: [ServerName] = []
    for name in names { serverNames.append(try ServerName(name.text ?? name.description)) }
    return serverNames
  }
}
