/// Which sessions are not in the file as they are in memory. However often one changes, it is written once.
struct UnsavedSessions: Sendable {
  private var changed: Set<String> = []
  private var used: Set<String> = []

  mutating func note(_ change: SessionChange) {
    switch change {
    case .keep(let record): changed.insert(record.id)
    case .end(let id): changed.insert(id)
    case .used(let id, _): used.insert(id)
    }
  }

  /// What to write so that the file says what the table does.
  mutating func take(from table: SessionTable, withUse: Bool) -> [SessionChange] {
    var changes = changed.sorted().map { id in
      table.records[id].map(SessionChange.keep) ?? .end(id: id)
    }
    used.subtract(changed)
    changed = []
    guard withUse else { return changes }
    changes += used.sorted().compactMap { id in
      table.records[id].map { .used(id: id, at: $0.lastUsed) }
    }
    used = []
    return changes
  }
}
