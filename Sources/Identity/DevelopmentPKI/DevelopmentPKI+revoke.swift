extension DevelopmentPKI {
  /// Revokes every certificate of this name that is not revoked yet, and gives back their entries. Servers heed it from
  /// their next reload on.
  package func revoke(_ kind: ClientKind, name: String, now: UnixTime) throws(PKIError) -> [IndexEntry] {
    try ClientKind.checkName(name)
    let holder = IndexEntry.Holder.client(kind, name: name)
    return try revoke(wanted: holder.description, now: now) { $0.holder == holder }
  }

  /// Revokes one certificate. `serialNumber` is read in any usual form: either case, with or without colons.
  package func revoke(serialNumber: String, now: UnixTime) throws(PKIError) -> IndexEntry {
    guard let number = SerialNumber(serialNumber) else {
      throw .invalidName(serialNumber, rule: "a serial number has hexadecimal digits, two for every byte.")
    }
    let revoked = try revoke(wanted: number.description, now: now) { $0.serialNumber == number }
    return revoked[0]
  }

  /// The index is written before the list: should the process die between the two, revoking the same certificate again
  /// finds it missing in the list and writes the list anew. The other way round, the next revocation would make a list
  /// from an index that does not know of this one.
  private func revoke(
    wanted: String, now: UnixTime, where isWanted: (IndexEntry) -> Bool
  ) throws(PKIError) -> [IndexEntry] {
    try locked { () throws(PKIError) in
      var index = try readIndex()
      let found = index.entries.filter(isWanted)
      guard !found.isEmpty else { throw .noSuchCertificate(wanted, index: layout.index) }
      if let entry = found.first(where: { !$0.isClient }) { throw .notRevocable(entry) }
      let authority = try readAuthority(layout.clientAuthority, now: now)

      let open = found.filter { $0.state == .issued }
      if open.isEmpty, try listRevokes(found) { throw .alreadyRevoked(found) }
      for entry in open { index.revoke(entry.serialNumber, at: now) }
      let list = try Self.makeRevocationList(of: index, authority: authority, now: now)
      if !open.isEmpty { try writeIndex(index) }
      try PKIError.files { () throws(FileError) in
        try FileSystem.replace(
          layout.revocationList, content: list, mode: .readableByAll, attempt: "replace the revocation list")
      }
      let changed = open.isEmpty ? found : open
      return index.entries.filter { entry in changed.contains { $0.serialNumber == entry.serialNumber } }
    }
  }

  /// Whether the list on the disk has all of these. A list that is missing or damaged has none, and is made anew.
  private func listRevokes(_ entries: [IndexEntry]) throws(PKIError) -> Bool {
    guard
      let text = try? FileSystem.read(layout.revocationList, attempt: "read the revocation list", limit: 1 << 24),
      let list = try? RevocationList(pem: text)
    else { return false }
    return try PKIError.openSSL { () throws(OpenSSLError) in
      for entry in entries where try !list.revokes(entry.serialNumber) { return false }
      return true
    }
  }
}

extension IndexEntry {
  fileprivate var isClient: Bool {
    switch holder {
    case .client: true
    case .authority, .server, .service: false
    }
  }
}
