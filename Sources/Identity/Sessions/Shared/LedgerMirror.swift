/// What a ledger has, as far as it was told of. A value.
///
/// News may come twice, and by two ways: the version says which is newer. What the ledger has lost (its server came back without its last
/// moments) is noticed by that, too: whatever was known up to the bound of a reading must be in it, and be as new. What is not, is over:
/// somebody who has to sign in again is better than one who was signed out and comes back.
struct LedgerMirror: Sendable {
  struct Known: Sendable, Equatable {
    var version: Int64
    var value: [UInt8]
  }

  private(set) var entries: [String: Known] = [:]
  /// The version at which something was removed, and when that was heard: so that older news do not bring it back.
  private var removed: [String: (version: Int64, at: UnixTime)] = [:]

  /// What came of some news.
  struct Effect: Sendable, Equatable {
    /// Keys that have another value, or none.
    var changed: Set<String> = []
    /// Keys that the ledger has, and should not have any more.
    var mustGo: Set<String> = []
  }

  func version(of key: String) -> Int64? { entries[key]?.version }

  mutating func take(_ snapshot: LedgerSnapshot, now: UnixTime) -> Effect {
    var effect = Effect()
    let there = Dictionary(
      snapshot.entries.map { ($0.key, $0) }, uniquingKeysWith: { $0.version > $1.version ? $0 : $1 })
    for key in entries.keys where there[key] == nil {
      judge(LedgerEntry(key: key, version: 0, value: nil), bound: snapshot.bound, now: now, &effect)
    }
    for entry in there.values { judge(entry, bound: snapshot.bound, now: now, &effect) }
    return effect
  }

  /// What was read of a key.
  /// - Parameter bound: the newest version that was known when it was asked for.
  mutating func take(read entry: LedgerEntry, bound: Int64, now: UnixTime) -> Effect {
    var effect = Effect()
    judge(entry, bound: bound, now: now, &effect)
    return effect
  }

  /// What has changed, as the ledger tells it.
  mutating func take(changed entry: LedgerEntry, now: UnixTime) -> Effect {
    var effect = Effect()
    put(entry, now: now, &effect)
    return effect
  }

  private mutating func judge(_ entry: LedgerEntry, bound: Int64, now: UnixTime, _ effect: inout Effect) {
    if let known = entries[entry.key], known.version <= bound, entry.version < known.version {
      // Removed by somebody, or lost. What was lost in part goes whole.
      entries[entry.key] = nil
      effect.changed.insert(entry.key)
      if entry.value != nil {
        removed[entry.key] = (known.version, now)
        effect.mustGo.insert(entry.key)
      }
      return
    }
    if let gone = removed[entry.key], entry.value != nil, entry.version < gone.version {
      // The ledger has forgotten that it was removed; or this was read before it was.
      if gone.version <= bound { effect.mustGo.insert(entry.key) }
      return
    }
    put(entry, now: now, &effect)
  }

  private mutating func put(_ entry: LedgerEntry, now: UnixTime, _ effect: inout Effect) {
    guard entry.version > max(entries[entry.key]?.version ?? 0, removed[entry.key]?.version ?? 0) else { return }
    if let value = entry.value {
      entries[entry.key] = Known(version: entry.version, value: value)
      removed[entry.key] = nil
    } else {
      entries[entry.key] = nil
      removed[entry.key] = (entry.version, now)
    }
    effect.changed.insert(entry.key)
  }

  /// Forgets what was removed long ago: longer than anything lives.
  mutating func forget(removedBefore time: UnixTime) {
    removed = removed.filter { $0.value.at >= time }
  }
}
