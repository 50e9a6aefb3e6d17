extension DevelopmentPKI {
  /// Issues a client certificate with the SAN URI `spiffe://signalbox.local/KIND/NAME` into the folder `clients`.
  ///
  /// Files of that name are never overwritten. To replace a certificate, its holder moves them away, issues anew, and
  /// revokes the old serial number once the new certificate is in use.
  package func issueClient(
    _ kind: ClientKind, name: String, validityInDays days: Int = longestValidity, now: UnixTime
  ) throws(PKIError) -> IssuedFiles {
    try ClientKind.checkName(name)
    try Self.checkValidity(days: days)
    let files = layout.client(kind, name: name)
    return try locked { () throws(PKIError) in
      let index = try readIndex()
      try checkVacancy(
        of: files,
        advice: "To replace this certificate, move \(files.certificate) and \(files.key) to another folder, issue "
          + "again, and revoke the old serial number when the new certificate is in use.")
      let authority = try readAuthority(layout.clientAuthority, now: now)
      let (leaf, entry) = try Self.makeClient(kind, name: name, days: days, authority: authority, now: now)
      try add(leaf, files, entry, to: index)
      return IssuedFiles(certificate: files.certificate, key: files.key, entry: entry)
    }
  }

  /// Issues the server certificate of an agent service, with the SAN URI `spiffe://signalbox.local/agent/NAME` beside `names`, into the
  /// folder `services`. Files of that name are never overwritten.
  package func issueService(
    _ name: String, names: [ServerName] = ServerName.local, validityInDays days: Int = longestValidity, now: UnixTime
  ) throws(PKIError) -> IssuedFiles {
    try ClientKind.checkName(name)
    try Self.checkValidity(days: days)
    let files = layout.service(name)
    return try locked { () throws(PKIError) in
      let index = try readIndex()
      try checkVacancy(
        of: files,
        advice:
          "To replace this certificate, move \(files.certificate) and \(files.key) to another folder, and issue again."
      )
      let authority = try readAuthority(layout.serverAuthority, now: now)
      let (leaf, entry) = try Self.makeService(name, names: names, days: days, authority: authority, now: now)
      try makeServicesFolder()
      try add(leaf, files, entry, to: index)
      return IssuedFiles(certificate: files.certificate, key: files.key, entry: entry)
    }
  }

  /// A PKI without services has no folder for them.
  private func makeServicesFolder() throws(PKIError) {
    try PKIError.files { () throws(FileError) in
      guard try FileSystem.status(of: layout.services) == nil else { return }
      try FileSystem.createFolder(layout.services)
    }
  }

  /// Issues the server certificate of a PKI that has none, because its files were moved away.
  package func issueServer(
    names: [ServerName] = ServerName.local, validityInDays days: Int = longestValidity, now: UnixTime
  ) throws(PKIError) -> IssuedFiles {
    try Self.checkValidity(days: days)
    return try locked { () throws(PKIError) in
      let index = try readIndex()
      try checkVacancy(
        of: layout.server,
        advice: "To replace the server's certificate and key, run: signalbox certs renew server")
      let authority = try readAuthority(layout.serverAuthority, now: now)
      let (leaf, entry) = try Self.makeServer(names: names, days: days, authority: authority, now: now)
      try add(leaf, layout.server, entry, to: index)
      return IssuedFiles(certificate: layout.server.certificate, key: layout.server.key, entry: entry)
    }
  }

  private func checkVacancy(of files: PKILayout.Pair, advice: String) throws(PKIError) {
    for path in [files.certificate, files.key] {
      let status = try PKIError.files { () throws(FileError) in try FileSystem.status(of: path) }
      guard status == nil else { throw .alreadyExists(path: path, advice: advice) }
    }
  }

  /// Key, index, certificate: at no moment is there a certificate that the index does not know and nobody can revoke.
  private func add(
    _ leaf: CertifiedKey, _ files: PKILayout.Pair, _ entry: IndexEntry, to index: CertificateIndex
  ) throws(PKIError) {
    var extended = index
    extended.add(entry)
    let newFiles = try leaf.newFiles(files)
    var created = CreatedFiles()
    do throws(PKIError) {
      try PKIError.files { () throws(FileError) in try created.create(newFiles[0]) }
      try writeIndex(extended)
      do throws(PKIError) {
        try PKIError.files { () throws(FileError) in try created.create(newFiles[1]) }
      } catch {
        // The first failure is the one to report; an entry left without a certificate does no harm.
        try? writeIndex(index)
        throw error
      }
    } catch {
      created.removeAll()
      throw error
    }
  }
}
