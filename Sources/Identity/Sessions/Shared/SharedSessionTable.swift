import JSON

/// The sessions that several gateways have together, as one of them knows them, and what it has yet to tell the others. A value.
struct SharedSessionTable: Sendable {
  /// Why something has to go at the ledger.
  private enum Ending: Sendable {
    /// Somebody has ended it: it goes whatever the others made of it meanwhile.
    case ordered
    /// It was unused for too long, as far as is known here: not if another has seen it used.
    case lapsed
  }

  private(set) var table = SessionTable()
  private(set) var mirror = LedgerMirror()
  private var endings: [String: Ending] = [:]
  /// Sessions that are not in the ledger as they are here, by their keys; and those of them that were merely used.
  private var unsaved: [String: String] = [:]
  private var used: [String: String] = [:]
  let limits: SessionLimits

  init(limits: SessionLimits) {
    self.limits = limits
  }

  // MARK: What the ledger tells

  /// - Returns: whether somebody may have lost a right, or got another.
  mutating func take(_ news: LedgerNews, now: UnixTime) -> Bool {
    switch news {
    case .whole(let snapshot): return apply(mirror.take(snapshot, now: now))
    case .changed(let entries):
      var matters = false
      for entry in entries where apply(mirror.take(changed: entry, now: now)) { matters = true }
      return matters
    case .nothing: return false
    }
  }

  mutating func take(read entry: LedgerEntry, bound: Int64, now: UnixTime) -> Bool {
    apply(mirror.take(read: entry, bound: bound, now: now))
  }

  private mutating func apply(_ effect: LedgerMirror.Effect) -> Bool {
    var matters = false
    for key in effect.changed where put(key) { matters = true }
    for key in effect.mustGo { endings[key] = .ordered }
    return matters
  }

  /// Brings the table to what the mirror says of a key.
  private mutating func put(_ key: String) -> Bool {
    guard key.hasPrefix(SharedKey.session) else {
      if case .ordered = endings[key], mirror.entries[key] != nil { return false }
      endings[key] = nil
      return false
    }
    guard let known = mirror.entries[key] else {
      // Gone, whoever did it.
      endings[key] = nil
      unsaved[key] = nil
      used[key] = nil
      guard let record = record(of: key) else { return false }
      _ = table.end(record.id)
      return true
    }
    if case .ordered = endings[key] { return false }
    endings[key] = nil
    guard case .keep(var record)? = SessionLine.decode(known.value), SharedKey.ofSession(record.nameHash) == key else {
      // Nobody's session is made of what nobody can read.
      endings[key] = .ordered
      return false
    }
    // The limits may be wider where it was opened.
    record.ends = min(record.ends, SessionRecord.end(opened: record.opened, claims: record.claims, limits: limits))
    let before = self.record(of: key)
    let merged = before.map { record.merging($0) } ?? record
    guard table.apply(.keep(merged)) else {
      endings[key] = .ordered
      return false
    }
    if merged.former != record.former { unsaved[key] = merged.id } else { unsaved[key] = nil }
    if merged.lastUsed > record.lastUsed { used[key] = merged.id } else { used[key] = nil }
    return before.map { $0.claims != merged.claims || $0.ends != merged.ends } ?? false
  }

  private func record(of key: String) -> SessionRecord? {
    guard let hash = Base64URL.decode(key.dropFirst(SharedKey.session.count).utf8) else { return nil }
    return table.record(name: hash)
  }

  // MARK: What happens here

  /// The session of a cookie, if there is no doubt about it. Marks it used. Nil: another gateway may know better.
  mutating func findWithoutDoubt(_ cookie: SessionCookieValue, now: UnixTime) -> FoundSession? {
    guard table.isGood(cookie, now: now, limits: limits), case .found(let found) = find(cookie, now: now) else {
      return nil
    }
    return found
  }

  mutating func find(_ cookie: SessionCookieValue, now: UnixTime) -> SessionLookup {
    let key = SharedKey.ofSession(cookie.nameHash)
    let (lookup, change) = table.find(cookie, now: now, limits: limits)
    switch (change, lookup) {
    case (.keep(let record)?, _): unsaved[key] = record.id
    case (.used(let id, _)?, _): used[key] = id
    case (.end?, .stolen): endings[key] = .ordered
    case (.end?, _): lapse(key)
    case (nil, _): break
    }
    return lookup
  }

  mutating func keepOpen(_ id: String, now: UnixTime) -> Bool {
    guard let record = table.records[id], table.use(id, now: now, limits: limits) != nil else { return false }
    used[SharedKey.ofSession(record.nameHash)] = id
    return true
  }

  /// Ends a session here at once. Gives it, if it was open.
  mutating func end(_ id: String, now: UnixTime) -> Session? {
    guard let record = table.records[id] else { return nil }
    let isOpen = table.live(id, now: now, limits: limits) != nil
    _ = table.end(id)
    let key = SharedKey.ofSession(record.nameHash)
    endings[key] = .ordered
    unsaved[key] = nil
    used[key] = nil
    return isOpen ? record.session(limits) : nil
  }

  /// Ends what is over.
  /// - Parameter slack: seconds after which use is told of, by all.
  mutating func sweep(now: UnixTime, slack: Int64) {
    let before = table.records
    for change in table.sweep(now: now.adding(seconds: -slack), limits: limits) {
      guard case .end(let id) = change, let record = before[id] else { continue }
      lapse(SharedKey.ofSession(record.nameHash))
    }
    for (key, known) in mirror.entries where !key.hasPrefix(SharedKey.session) {
      if let end = JSONValue.end(of: known.value), end > now { continue }
      if endings[key] == nil { endings[key] = .lapsed }
    }
    mirror.forget(removedBefore: now.adding(seconds: -2 * limits.absolute))
  }

  private mutating func lapse(_ key: String) {
    unsaved[key] = nil
    used[key] = nil
    if endings[key] == nil, mirror.version(of: key) != nil { endings[key] = .lapsed }
  }

  // MARK: What the ledger has to be told

  /// Something that should not wait for the next round.
  var hasUnsaved: Bool { !unsaved.isEmpty || !endings.isEmpty }

  /// - Parameter withUse: mere use, too.
  func changes(withUse: Bool) -> [LedgerChange] {
    var changes: [LedgerChange] = []
    for (key, ending) in endings {
      switch ending {
      case .ordered: changes.append(LedgerChange(key, to: nil, if: .isThere))
      case .lapsed:
        if let version = mirror.version(of: key) {
          changes.append(LedgerChange(key, to: nil, if: .hasVersion(version)))
        }
      }
    }
    for (key, id) in withUse ? unsaved.merging(used, uniquingKeysWith: { one, _ in one }) : unsaved {
      guard endings[key] == nil, let record = table.records[id], let version = mirror.version(of: key) else { continue }
      changes.append(LedgerChange(key, to: SessionLine.encode(.keep(record)), if: .hasVersion(version)))
    }
    return changes
  }

  /// What became of a change.
  /// - Parameter bound: the newest version that was known when it was asked for.
  /// - Returns: whether somebody may have lost a right.
  mutating func settle(_ change: LedgerChange, _ outcome: LedgerOutcome, bound: Int64, now: UnixTime) -> Bool {
    switch outcome {
    case .done(let version, _):
      return apply(mirror.take(changed: LedgerEntry(key: change.key, version: version, value: change.value), now: now))
    case .differs(let found):
      // There is nothing to remove, or somebody has used what was taken for over.
      if change.value == nil, found.value == nil || change.condition != .isThere { endings[change.key] = nil }
      let matters = apply(mirror.take(read: found, bound: bound, now: now))
      return found.value != nil && put(change.key) || matters
    }
  }
}

extension SessionRecord {
  /// This, as the ledger has it, with what a gateway has seen that is not there yet.
  fileprivate func merging(_ seen: SessionRecord) -> SessionRecord {
    var merged = self
    merged.lastUsed = max(lastUsed, seen.lastUsed)
    if cookieHash == seen.cookieHash, case .untilSuccessorIsUsed = former, case .until = seen.former {
      merged.former = seen.former
    }
    return merged
  }
}

extension JSONValue {
  /// When something is of no use any more: everything in the ledger but sessions says so itself.
  static func end(of value: [UInt8]) -> UnixTime? {
    (try? JSONValue(parsing: value))?.time("ends")
  }
}
