extension DevelopmentPKI {
  /// Makes a new PKI: both authorities, a server certificate for `names`, and an empty revocation list.
  ///
  /// `directory` is made with mode 0700 when it is missing; the folder above it must exist. A folder that exists may hold
  /// other things, but none of the PKI's own files, and must not be writable by others. After a failure, whatever was
  /// made is removed again.
  package static func create(
    at directory: String, names: [ServerName] = ServerName.local, validityInDays days: Int = longestValidity,
    now: UnixTime
  ) throws(PKIError) -> DevelopmentPKI {
    try checkValidity(days: days)
    let layout = PKILayout(directory: directory)
    // All in memory, so that what can fail without a disk has not failed before the first file is made.
    let files = try newFiles(for: layout, names: names, days: days, now: now)
    var created = CreatedFiles()
    do throws(PKIError) {
      try prepareFolder(of: layout, &created)
      let pki = DevelopmentPKI(layout: layout)
      try pki.locked { () throws(PKIError) in
        try checkVacancy(of: layout)
        try PKIError.files { () throws(FileError) in
          try created.createFolder(layout.clients)
          for file in files { try created.create(file) }
        }
      }
      return pki
    } catch {
      created.removeAll()
      throw error
    }
  }

  private static func prepareFolder(of layout: PKILayout, _ created: inout CreatedFiles) throws(PKIError) {
    let path = layout.directory
    switch try PKIError.files({ () throws(FileError) in try FileSystem.status(of: path) }) {
    case nil:
      try PKIError.files { () throws(FileError) in try created.createFolder(path) }
    case let status? where status.kind == .file:
      throw .alreadyExists(path: path, advice: "It is a file; name a folder.")
    case let status? where status.kind == .folder && status.mode.isWritableByOthers:
      throw .folderOpenToOthers(path: path, mode: status.mode)
    case _?: break
    }
  }

  /// Refuses before anything is written, so that a folder with a PKI stays as it is to the last byte.
  private static func checkVacancy(of layout: PKILayout) throws(PKIError) {
    let pairs = [layout.serverAuthority, layout.clientAuthority, layout.server]
    let own = [layout.index, layout.revocationList, layout.clients] + pairs.flatMap { [$0.certificate, $0.key] }
    for path in own {
      let status = try PKIError.files { () throws(FileError) in try FileSystem.status(of: path) }
      guard status == nil else {
        throw .alreadyExists(
          path: path,
          advice: "Choose another folder; or, if nothing needs the certificates in this one, move it away first.")
      }
    }
  }

  /// In the order of writing. The index comes last: a folder with an index is complete.
  private static func newFiles(
    for layout: PKILayout, names: [ServerName], days: Int, now: UnixTime
  ) throws(PKIError) -> [NewFile] {
    let serverAuthority = try makeAuthority("Signalbox development server CA", days: days, now: now)
    let clientAuthority = try makeAuthority("Signalbox development client CA", days: days, now: now)
    let (server, serverEntry) = try makeServer(names: names, days: days, authority: serverAuthority, now: now)
    var index = CertificateIndex()
    try index.add(serverAuthority.indexEntry(for: .authority("server-ca")))
    try index.add(clientAuthority.indexEntry(for: .authority("client-ca")))
    index.add(serverEntry)
    let revocationList = try makeRevocationList(of: index, authority: clientAuthority, now: now)
    return try serverAuthority.newFiles(layout.serverAuthority) + clientAuthority.newFiles(layout.clientAuthority)
      + server.newFiles(layout.server) + [
        NewFile(layout.revocationList, content: revocationList, mode: .readableByAll, holding: "the revocation list"),
        NewFile(layout.index, content: index.text, mode: .readableByAll, holding: "the index"),
      ]
  }
}
