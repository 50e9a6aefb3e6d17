import Synchronization

/// The sessions, in memory and in a file that holds no secret: cookies are kept as their hashes. Any thread. What blocks on the disk says
/// so, and does not belong on a loop.
package final class SessionStore: Sendable {
  /// What was mended when the file was opened: a sentence for the log.
  package let repair: String?
  private let limits: SessionLimits
  private let memory: Mutex<Memory>
  private let disk: Mutex<SessionFile?>

  private struct Memory {
    var table: SessionTable
    var unsaved = UnsavedSessions()

    mutating func note(_ changes: [SessionChange]) {
      for change in changes { unsaved.note(change) }
    }
  }

  /// Opens or makes the file, and the folder it is in. Blocks. Throws `FileError` or `SessionFileError`: when it cannot be read, is not
  /// what it should be, or belongs to another process.
  package init(file path: String, limits: SessionLimits, now: UnixTime) throws {
    var file = try SessionFile(claiming: path)
    var (table, repair) = try file.read()
    table.shorten(to: limits)
    _ = table.sweep(now: now, limits: limits)
    try file.rewrite(table)
    self.limits = limits
    self.repair = repair
    memory = Mutex(Memory(table: table))
    disk = Mutex(file)
  }

  // MARK: - What does not block

  /// The session of a cookie. Marks it used.
  package func find(cookie text: String, now: UnixTime) -> SessionLookup {
    guard let cookie = SessionCookieValue(text) else { return .unknown }
    return memory.withLock { memory in
      let (lookup, change) = memory.table.find(cookie, now: now, limits: limits)
      if let change { memory.unsaved.note(change) }
      return lookup
    }
  }

  /// Whether a session that was found earlier is still open. For streams: it does not count as use.
  package func current(id: String, now: UnixTime) -> Session? {
    memory.withLock { $0.table.live(id, now: now, limits: limits)?.session(limits) }
  }

  /// Marks a session used that has a stream open. False when it is over.
  package func keepOpen(id: String, now: UnixTime) -> Bool {
    memory.withLock { memory in
      guard let change = memory.table.use(id, now: now, limits: limits) else { return false }
      memory.unsaved.note(change)
      return true
    }
  }

  /// All that are open, the one used last first.
  package func list(now: UnixTime) -> [Session] {
    let records = memory.withLock { $0.table.records }
    return records.values.filter { !$0.isOver(now: now, limits: limits) }.map { $0.session(limits) }
      .sorted { ($0.lastUsed, $0.opened, $0.id) > ($1.lastUsed, $1.opened, $1.id) }
  }

  // MARK: - What blocks

  /// Opens a session. It is on the disk when this returns; when it throws, there is none.
  /// - Parameter owner: the principal's name, for the limit.
  package func open(_ claims: CredentialClaims, owner: String, now: UnixTime) throws -> OpenedSession {
    let cookie = SessionCookieValue()
    let record = SessionRecord(
      id: Base64URL.encode(SecureRandom.bytes(12)), owner: owner, nameHash: cookie.nameHash, opened: now,
      claims: claims, lastUsed: now, ends: SessionRecord.end(opened: now, claims: claims, limits: limits),
      cookieHash: cookie.hash, cookieSince: now)
    let displaced = memory.withLock { memory in
      memory.note(memory.table.sweep(now: now, limits: limits))
      let displaced = memory.table.makeRoom(for: owner, limits: limits)
      memory.note(displaced.map { memory.table.end($0.id) } + [memory.table.open(record)])
      return displaced.map { $0.session(limits) }
    }
    do {
      try settle()
    } catch {
      memory.withLock { $0.note([$0.table.end(record.id)]) }
      throw error
    }
    return OpenedSession(
      session: record.session(limits), secrets: SessionSecrets(cookie: cookie.text, csrf: cookie.csrf),
      displaced: displaced)
  }

  /// Changes a cookie for another; the old one stays good until the new one has been used, and `overlap` seconds more. Nil when it was
  /// changed a moment ago, or its session is over.
  package func rotate(cookie text: String, now: UnixTime) throws -> SessionSecrets? {
    guard let cookie = SessionCookieValue(text) else { return nil }
    let successor = cookie.successor()
    let isChanged = memory.withLock { memory in
      guard let change = memory.table.rotate(cookie, to: successor, now: now, limits: limits) else { return false }
      memory.unsaved.note(change)
      return true
    }
    guard isChanged else { return nil }
    // If this fails, nobody gets to see the successor, and the cookie stays good.
    try settle()
    return SessionSecrets(cookie: successor.text, csrf: successor.csrf)
  }

  /// Takes new claims of the same principal: the session ends when they do, if that is later. Nil when it is over.
  package func extend(id: String, claims: CredentialClaims, now: UnixTime) throws -> Session? {
    let session = memory.withLock { memory in
      if let change = memory.table.extend(id, claims: claims, now: now, limits: limits) { memory.unsaved.note(change) }
      return memory.table.live(id, now: now, limits: limits)?.session(limits)
    }
    try settle()
    return session
  }

  /// Ends sessions, in memory at once and even if the disk fails. Gives those that were open.
  @discardableResult
  package func end(ids: some Collection<String>, now: UnixTime) throws -> [Session] {
    let ended = memory.withLock { memory in
      ids.compactMap { id in
        let session = memory.table.live(id, now: now, limits: limits)?.session(limits)
        memory.note([memory.table.end(id)])
        return session
      }
    }
    try settle()
    return ended
  }

  /// Puts on the disk what is not there yet, but for mere use.
  package func settle() throws {
    try save(durably: true, withUse: false)
  }

  /// Ends what is over and writes down what was used. To be called each minute: a session's use survives a crash up to then, so that
  /// after one it is over too early rather than too late.
  package func tend(now: UnixTime) throws {
    memory.withLock { $0.note($0.table.sweep(now: now, limits: limits)) }
    try save(durably: false, withUse: true)
  }

  /// Writes everything down and lets another process have the file. Nothing can be opened afterwards.
  package func close() throws {
    defer { disk.withLock { $0 = nil } }
    try save(durably: true, withUse: true)
  }

  private func save(durably: Bool, withUse: Bool) throws {
    try disk.withLock { file in
      // Taken with the file in hand: changes are written in the order in which they were made.
      guard file != nil else { throw SessionFileError.closed }
      let changes = memory.withLock { $0.unsaved.take(from: $0.table, withUse: withUse) }
      try file?.append(changes, durably: durably || changes.contains { $0.mustSurvive }) {
        memory.withLock { $0.table }
      }
    }
  }
}

extension SessionChange {
  fileprivate var mustSurvive: Bool {
    if case .used = self { false } else { true }
  }
}

extension SessionTable {
  /// The limits may have been wider when the file was written.
  fileprivate mutating func shorten(to limits: SessionLimits) {
    for var record in records.values {
      record.ends = min(record.ends, SessionRecord.end(opened: record.opened, claims: record.claims, limits: limits))
      _ = apply(.keep(record))
    }
  }
}
