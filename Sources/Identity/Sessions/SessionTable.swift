/// The sessions that are open. A value: what happens goes in with its time, and what has to be written comes out.
struct SessionTable: Sendable, Equatable {
  private(set) var records: [String: SessionRecord] = [:]
  private var idOfName: [[UInt8]: String] = [:]

  /// Puts a change of the file in place. False when the change cannot be one of this table's.
  mutating func apply(_ change: SessionChange) -> Bool {
    switch change {
    case .keep(let record):
      if let known = idOfName[record.nameHash], known != record.id { return false }
      if let known = records[record.id], known.nameHash != record.nameHash { return false }
      insert(record)
    case .used(let id, let time):
      guard var record = records[id] else { return false }
      record.lastUsed = max(record.lastUsed, time)
      records[id] = record
    case .end(let id):
      // A session may have been opened and ended between two writes.
      remove(id)
    }
    return true
  }

  mutating func open(_ record: SessionRecord) -> SessionChange {
    insert(record)
    return .keep(record)
  }

  /// What has to end before this principal may open another session: those unused for the longest.
  func makeRoom(for owner: String, limits: SessionLimits) -> [SessionRecord] {
    let own = Self.longestUnused(records.values.filter { $0.owner == owner }, leaving: limits.perPrincipal - 1)
    let ended = Set(own.map(\.id))
    return own + Self.longestUnused(records.values.filter { !ended.contains($0.id) }, leaving: limits.total - 1)
  }

  mutating func find(
    _ cookie: SessionCookieValue, now: UnixTime, limits: SessionLimits
  ) -> (SessionLookup, SessionChange?) {
    guard let id = idOfName[cookie.nameHash], let before = live(id, now: now, limits: limits) else {
      return (.unknown, idOfName[cookie.nameHash].map { end($0) })
    }
    var record = before
    let isCurrent: Bool
    switch record.show(cookie.hash, now: now, limits: limits) {
    case .replaced: return (.stolen(record.session(limits)), end(id))
    case .current: isCurrent = true
    case .former: isCurrent = false
    }
    record.lastUsed = max(record.lastUsed, now)
    records[id] = record
    let found = FoundSession(
      session: record.session(limits),
      needsRotation: isCurrent && now >= record.cookieSince.adding(seconds: limits.rotation), csrf: cookie.csrf)
    return (.found(found), record.former == before.former ? .used(id: id, at: now) : .keep(record))
  }

  /// Whether a cookie leads to an open session and is one of those that are good for it. Changes nothing.
  func isGood(_ cookie: SessionCookieValue, now: UnixTime, limits: SessionLimits) -> Bool {
    guard let id = idOfName[cookie.nameHash], var record = live(id, now: now, limits: limits) else { return false }
    return record.show(cookie.hash, now: now, limits: limits) != .replaced
  }

  /// The session of this name, over or not.
  func record(name hash: [UInt8]) -> SessionRecord? {
    idOfName[hash].flatMap { records[$0] }
  }

  /// The open session of this id; nil when it is over, even if nobody has swept it away yet.
  func live(_ id: String, now: UnixTime, limits: SessionLimits) -> SessionRecord? {
    records[id].flatMap { $0.isOver(now: now, limits: limits) ? nil : $0 }
  }

  /// Marks a session used without its cookie. Nil when it is over.
  mutating func use(_ id: String, now: UnixTime, limits: SessionLimits) -> SessionChange? {
    guard var record = live(id, now: now, limits: limits) else { return nil }
    record.lastUsed = max(record.lastUsed, now)
    records[id] = record
    return .used(id: id, at: now)
  }

  /// Changes the cookie of a session for its successor. Nil when it is not the time for it, or no such session is open.
  mutating func rotate(
    _ cookie: SessionCookieValue, to successor: SessionCookieValue, now: UnixTime, limits: SessionLimits
  ) -> SessionChange? {
    guard let id = idOfName[cookie.nameHash], var record = live(id, now: now, limits: limits),
      record.rotate(cookie.hash, to: successor.hash, now: now, limits: limits)
    else { return nil }
    records[id] = record
    return .keep(record)
  }

  /// Takes new claims of the same principal, if the session ends later with them. Nil when it does not, or is not open.
  mutating func extend(
    _ id: String, claims: CredentialClaims, now: UnixTime, limits: SessionLimits
  ) -> SessionChange? {
    guard var record = live(id, now: now, limits: limits) else { return nil }
    let end = SessionRecord.end(opened: record.opened, claims: claims, limits: limits)
    guard end > record.ends else { return nil }
    record.claims = claims
    record.ends = end
    records[id] = record
    return .keep(record)
  }

  /// Ends a session. There may be none.
  mutating func end(_ id: String) -> SessionChange {
    remove(id)
    return .end(id: id)
  }

  /// Ends what is over.
  mutating func sweep(now: UnixTime, limits: SessionLimits) -> [SessionChange] {
    records.values.filter { $0.isOver(now: now, limits: limits) }.map { end($0.id) }
  }

  private static func longestUnused(_ some: [SessionRecord], leaving rest: Int) -> [SessionRecord] {
    guard some.count > rest else { return [] }
    let byUse = some.sorted { ($0.lastUsed, $0.opened, $0.id) < ($1.lastUsed, $1.opened, $1.id) }
    return Array(byUse.prefix(some.count - max(0, rest)))
  }

  private mutating func insert(_ record: SessionRecord) {
    records[record.id] = record
    idOfName[record.nameHash] = record.id
  }

  private mutating func remove(_ id: String) {
    guard let record = records.removeValue(forKey: id) else { return }
    idOfName[record.nameHash] = nil
  }
}
