import Identity
import Journal

/// The ledger that identity asks for, on the server that keeps the journal.
struct JournalLedger: SharedLedger {
  let ledger: RedisLedger

  var newest: Int64 { ledger.newest }

  func change(_ changes: [LedgerChange]) async throws(LedgerAway) -> [LedgerOutcome] {
    let asked = changes.map { change -> RedisLedger.Change in
      let condition: RedisLedger.Change.Condition =
        switch change.condition {
        case .isAbsent: .isAbsent
        case .isThere: .isThere
        case .hasVersion(let version): .hasVersion(version)
        }
      return RedisLedger.Change(key: change.key, value: change.value, condition: condition)
    }
    do throws(JournalError) {
      return try await ledger.change(asked).map { outcome in
        switch outcome {
        case .done(let version, let before): .done(version: version, before: before)
        case .differs(let entry): .differs(LedgerEntry(entry))
        }
      }
    } catch {
      throw LedgerAway(error.description)
    }
  }

  func entries(_ keys: [String]) async throws(LedgerAway) -> [LedgerEntry] {
    do throws(JournalError) {
      return try await ledger.entries(keys).map { LedgerEntry($0) }
    } catch {
      throw LedgerAway(error.description)
    }
  }

  func follow(_ sink: @escaping @Sendable (LedgerNews) -> Void) async {
    await ledger.follow { news in
      switch news {
      case .whole(let entries, let bound):
        sink(.whole(LedgerSnapshot(entries: entries.map { LedgerEntry($0) }, bound: bound)))
      case .changed(let entries): sink(.changed(entries.map { LedgerEntry($0) }))
      case .nothing: sink(.nothing)
      }
    }
  }
}

extension LedgerEntry {
  fileprivate init(_ entry: RedisLedger.Entry) {
    self.init(key: entry.key, version: entry.version, value: entry.value)
  }
}
