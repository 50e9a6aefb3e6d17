import JSON
import Synchronization

/// The sessions, the sign-in links and the like of several gateways, in memory and in a ledger that they share. Any thread; nothing blocks.
///
/// Whoever shows a cookie that is known here is let in without anybody being asked. Where there is doubt (the name is not known, the
/// secret is another, the session seems over) the ledger is asked before anything is decided: another gateway may have opened it or
/// changed the cookie just now. What changes a session is compared with what the ledger has at that moment, and stored there before it
/// counts here; only an end counts here at once.
package final class SharedSessions: Sendable {
  private struct State {
    var table: SharedSessionTable
    /// When it was last certain that nothing is unknown here.
    var heard: UnixTime
    var hasHeard = false
    var whenChanged: (@Sendable () -> Void)?
    var isPushing = false
    var mustPushAgain = false
  }

  private let ledger: any SharedLedger
  private let limits: SessionLimits
  private let grace: Int64
  private let now: @Sendable () -> UnixTime
  private let folder: StateFolderClaim
  private let state: Mutex<State>

  /// Others try again as often when somebody else was quicker.
  private static let tries = 8

  /// Takes hold of the folder, although it keeps no sessions there: what else is in it belongs to one gateway.
  /// - Parameter grace: seconds for which cookies are taken when nothing is heard of the ledger.
  package init(
    folder: String, ledger: any SharedLedger, limits: SessionLimits, grace: Int64 = 300,
    now: @escaping @Sendable () -> UnixTime
  ) throws {
    self.folder = try StateFolderClaim(folder)
    self.ledger = ledger
    self.limits = limits
    self.grace = grace
    self.now = now
    state = Mutex(State(table: SharedSessionTable(limits: limits), heard: now()))
  }

  /// Seconds after which others are told of use, so that they do not take a session for over.
  package var usePeriod: Int64 { max(1, min(60, limits.idle / 4)) }

  /// Listens from now on. What was there already is known a moment later; until then the ledger is asked.
  package func start() async {
    await ledger.follow { [weak self] news in self?.hear(news) }
  }

  /// `body` is called when somebody may have lost a right, or got another, through another gateway.
  package func whenChanged(_ body: @escaping @Sendable () -> Void) {
    state.withLock { $0.whenChanged = body }
  }

  /// Nothing was heard for so long that nobody is let in by what is known here.
  package var isCutOff: Bool {
    let now = now()
    return state.withLock { isCutOff($0, now) }
  }

  private func isCutOff(_ state: borrowing State, _ now: UnixTime) -> Bool {
    !state.hasHeard || now.seconds - state.heard.seconds > grace
  }

  private func hear(_ news: LedgerNews) {
    let now = now()
    let (changed, isWhole, mustPush) = state.withLock { state in
      let matters = state.table.take(news, now: now)
      state.heard = now
      state.hasHeard = true
      let isWhole = if case .whole = news { true } else { false }
      return (matters ? state.whenChanged : nil, isWhole, state.table.hasUnsaved)
    }
    changed?()
    // What could not be told while the ledger was away.
    if isWhole, mustPush { pushSoon() }
  }

  // MARK: - Cookies

  /// The session of a cookie. Marks it used.
  package func find(cookie text: String, now: UnixTime) async throws(LedgerAway) -> SessionLookup {
    guard let cookie = SessionCookieValue(text) else { return .unknown }
    let (found, mustTell) = state.withLock { state -> (FoundSession?, Bool) in
      guard !isCutOff(state, now), let found = state.table.findWithoutDoubt(cookie, now: now) else {
        return (nil, false)
      }
      return (found, state.table.hasUnsaved)
    }
    if let found {
      if mustTell { pushSoon() }
      return .found(found)
    }
    try await read([SharedKey.ofSession(cookie.nameHash)], now: now)
    let lookup = state.withLock { $0.table.find(cookie, now: now) }
    pushSoon()
    return lookup
  }

  private func read(_ keys: [String], now: UnixTime) async throws(LedgerAway) {
    let bound = ledger.newest
    let entries = try await ledger.entries(keys)
    let changed = state.withLock { state in
      var matters = false
      for entry in entries where state.table.take(read: entry, bound: bound, now: now) { matters = true }
      return matters ? state.whenChanged : nil
    }
    changed?()
  }

  /// Whether a session that was found earlier is still open. For streams: it does not count as use.
  package func current(id: String, now: UnixTime) -> Session? {
    state.withLock { state in
      isCutOff(state, now) ? nil : state.table.table.live(id, now: now, limits: limits)?.session(limits)
    }
  }

  /// Marks a session used that has a stream open. False when it is over.
  package func keepOpen(id: String, now: UnixTime) -> Bool {
    state.withLock { state in state.table.keepOpen(id, now: now) && !isCutOff(state, now) }
  }

  /// All that are open, the one used last first.
  package func list(now: UnixTime) -> [Session] {
    let records = state.withLock { $0.table.table.records }
    return records.values.filter { !$0.isOver(now: now, limits: limits) }.map { $0.session(limits) }
      .sorted { ($0.lastUsed, $0.opened, $0.id) > ($1.lastUsed, $1.opened, $1.id) }
  }

  // MARK: - Changes

  /// Opens a session. The ledger has it when this returns; when it throws, nobody has its cookie.
  package func open(_ claims: CredentialClaims, owner: String, now: UnixTime) async throws(LedgerAway) -> OpenedSession
  {
    let cookie = SessionCookieValue()
    let record = SessionRecord(
      id: Base64URL.encode(SecureRandom.bytes(12)), owner: owner, nameHash: cookie.nameHash, opened: now,
      claims: claims, lastUsed: now, ends: SessionRecord.end(opened: now, claims: claims, limits: limits),
      cookieHash: cookie.hash, cookieSince: now)
    let key = SharedKey.ofSession(cookie.nameHash)
    _ = try await make([LedgerChange(key, to: SessionLine.encode(.keep(record)), if: .isAbsent)])
    let displaced = state.withLock { state in
      // One more is there already.
      var limits = limits
      limits.perPrincipal += 1
      limits.total += 1
      return state.table.table.makeRoom(for: owner, limits: limits).filter { $0.id != record.id }
        .compactMap { state.table.end($0.id, now: now) }
    }
    if !displaced.isEmpty { pushSoon() }
    return OpenedSession(
      session: record.session(limits), secrets: SessionSecrets(cookie: cookie.text, csrf: cookie.csrf),
      displaced: displaced)
  }

  /// Changes a cookie for another; the old one stays good until the new one has been used, and `overlap` seconds more. Nil when it was
  /// changed a moment ago, here or elsewhere, or its session is over.
  package func rotate(cookie text: String, now: UnixTime) async throws(LedgerAway) -> SessionSecrets? {
    guard let cookie = SessionCookieValue(text) else { return nil }
    let (successor, limits) = (cookie.successor(), limits)
    let record = try await update(now: now) { table in
      table.record(name: cookie.nameHash)
    } with: { record in
      record.rotate(cookie.hash, to: successor.hash, now: now, limits: limits)
    }
    return record.map { _ in SessionSecrets(cookie: successor.text, csrf: successor.csrf) }
  }

  /// Takes new claims of the same principal: the session ends when they do, if that is later. Nil when it is over.
  package func extend(id: String, claims: CredentialClaims, now: UnixTime) async throws(LedgerAway) -> Session? {
    let limits = limits
    _ = try await update(now: now) { table in
      table.records[id]
    } with: { record in
      let end = SessionRecord.end(opened: record.opened, claims: claims, limits: limits)
      guard end > record.ends else { return false }
      record.claims = claims
      record.ends = end
      return true
    }
    return current(id: id, now: now)
  }

  /// Changes a session as the ledger has it at that moment. Nil when there is nothing to change, or no such session is open.
  private func update(
    now: UnixTime, _ find: @Sendable (SessionTable) -> SessionRecord?,
    with change: @Sendable (inout SessionRecord) -> Bool
  ) async throws(LedgerAway) -> SessionRecord? {
    for _ in 0..<Self.tries {
      let due = state.withLock { state -> (SessionRecord, LedgerChange)? in
        guard var record = find(state.table.table), !record.isOver(now: now, limits: limits), change(&record) else {
          return nil
        }
        let key = SharedKey.ofSession(record.nameHash)
        guard let version = state.table.mirror.version(of: key) else { return nil }
        return (record, LedgerChange(key, to: SessionLine.encode(.keep(record)), if: .hasVersion(version)))
      }
      guard let (record, change) = due else { return nil }
      if case .done? = try await make([change]).first { return record }
    }
    return nil
  }

  /// Ends sessions, here at once and even if the ledger is away. Gives those that were open.
  @discardableResult
  package func end(ids: some Collection<String> & Sendable, now: UnixTime) async throws(LedgerAway) -> [Session] {
    let ended = state.withLock { state in ids.compactMap { state.table.end($0, now: now) } }
    try await settle()
    return ended
  }

  // MARK: - Telling the others

  /// Tells the ledger what it does not know yet, but for mere use.
  package func settle() async throws(LedgerAway) {
    try await push(withUse: false)
  }

  /// Ends what is over and tells what was used. To be called each `usePeriod`.
  package func tend(now: UnixTime) async throws(LedgerAway) {
    state.withLock { $0.table.sweep(now: now, slack: 2 * usePeriod) }
    try await push(withUse: true)
  }

  private func push(withUse: Bool) async throws(LedgerAway) {
    for _ in 0..<Self.tries {
      let changes = state.withLock { $0.table.changes(withUse: withUse) }
      guard !changes.isEmpty else { return }
      // In pieces: the server does nothing else meanwhile.
      for start in stride(from: 0, to: changes.count, by: 100) {
        _ = try await make(Array(changes[start..<min(start + 100, changes.count)]))
      }
    }
  }

  /// For whoever does not wait for it. One at a time.
  private func pushSoon() {
    let isFirst = state.withLock { state in
      state.mustPushAgain = true
      defer { state.isPushing = true }
      return !state.isPushing
    }
    guard isFirst else { return }
    Task { [self] in
      while mayGoOn() {
        // What fails is tried again when the ledger is there, and each minute.
        try? await push(withUse: false)
      }
    }
  }

  private func mayGoOn() -> Bool {
    state.withLock { state in
      defer { state.mustPushAgain = false }
      state.isPushing = state.mustPushAgain
      return state.isPushing
    }
  }

  func make(_ changes: [LedgerChange]) async throws(LedgerAway) -> [LedgerOutcome] {
    let bound = ledger.newest
    let outcomes = try await ledger.change(changes)
    let now = now()
    let changed = state.withLock { state in
      var matters = false
      for (change, outcome) in zip(changes, outcomes)
      where state.table.settle(change, outcome, bound: bound, now: now) { matters = true }
      return matters ? state.whenChanged : nil
    }
    changed?()
    return outcomes
  }

  // MARK: - Links, and other things that are good once

  /// Puts something in for all, which has to say under `ends` when it is of no use any more.
  package func keep(_ key: String, _ value: [UInt8]) async throws(LedgerAway) {
    _ = try await make([LedgerChange(key, to: value, if: .isAbsent)])
  }

  /// Puts something in, or in the place of what stands there.
  package func renew(_ key: String, _ value: [UInt8]) async throws(LedgerAway) {
    let version = state.withLock { $0.table.mirror.version(of: key) }
    _ = try await make([LedgerChange(key, to: value, if: version.map { .hasVersion($0) } ?? .isAbsent)])
  }

  /// Takes something out: of all who ask, at whichever gateway, one gets it.
  package func take(_ key: String) async throws(LedgerAway) -> [UInt8]? {
    guard case .done(_, let value)? = try await make([LedgerChange(key, to: nil, if: .isThere)]).first else {
      return nil
    }
    return value
  }

  /// What stands there now.
  package func read(_ key: String) async throws(LedgerAway) -> [UInt8]? {
    try await ledger.entries([key]).first?.value
  }

  /// All of a kind, as far as it is known here.
  package func kept(under prefix: String) -> [(key: String, value: [UInt8])] {
    state.withLock { state in
      state.table.mirror.entries.filter { $0.key.hasPrefix(prefix) }.map { ($0.key, $0.value.value) }
    }
  }
}

/// Keeps other gateways out of a state folder, as long as it is there.
final class StateFolderClaim: Sendable {
  private let lock: Mutex<FolderLock?>

  init(_ folder: String) throws {
    try StateFolder.prepare(folder)
    guard let lock = try FolderLock(claiming: folder) else { throw SessionFileError.taken(folder: folder) }
    self.lock = Mutex(lock)
  }
}
