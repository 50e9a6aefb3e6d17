/// The list of everything a PKI has issued, oldest first. Entries are added and marked, never removed: the revocation
/// list is made from the index alone, and so is its number.
struct CertificateIndex: Hashable {
  private(set) var entries: [IndexEntry] = []

  init() {}

  mutating func add(_ entry: IndexEntry) {
    entries.append(entry)
  }

  mutating func revoke(_ serialNumber: SerialNumber, at time: UnixTime) {
    for index in entries.indices where entries[index].serialNumber == serialNumber {
      entries[index].state = .revoked(at: time)
    }
  }

  var revocations: [RevocationListTemplate.Revocation] {
    entries.compactMap { entry in
      guard case .revoked(let time) = entry.state else { return nil }
      return RevocationListTemplate.Revocation(serialNumber: entry.serialNumber, time: time)
    }
  }
}
