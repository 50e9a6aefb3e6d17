import HTTP
import Identity
import Synchronization

/// The streams that are open and by what right: one clock for each, a notice before its end, a refresh that leaves the stream alone, and
/// an end within a second of a revocation, a sign-out or a change of the policy. Any thread.
///
/// What may run under its locks is values and queues. Whatever is asked of others (the policy, the sessions, `mayGoOn`) is asked outside.
final class StreamGrants: Sendable {
  let identities: Identities
  private let audit: @Sendable (AuditRecord) -> Void
  private let state: Mutex<State>
  private let review = Mutex(Review.idle)
  private let changeCount = Atomic<UInt64>(0)
  /// Of all that has a right, the event streams.
  let eventStreams = Atomic<Int>(0)

  private struct State {
    var table: GrantTable
    var alarm: (time: UnixTime, task: Task<Void, Never>)?
  }

  /// Whether all streams are being judged.
  private enum Review {
    case idle
    case running
    /// Something has changed since it began.
    case runningAndDueAgain
  }

  /// - Parameter audit: told of each stream that is ended before its time.
  init(identities: Identities, audit: @escaping @Sendable (AuditRecord) -> Void) {
    self.identities = identities
    self.audit = audit
    state = Mutex(State(table: GrantTable(identities.configuration)))
  }

  deinit {
    state.withLock { $0.alarm?.task.cancel() }
  }

  /// Registers a stream. Throws 429 when the principal or the address has too many.
  /// - Parameters:
  ///   - address: `SocketAddress.neighbourhood`.
  ///   - mayGoOn: whether this principal may still see what the stream shows; asked anew at each change, on any thread,
  ///     and must not block it.
  ///   - leavesWhenSent: whoever runs it ends it when it is sent away.
  ///   - hearsOfChanges: whether it is told each time when it was judged anew.
  func open(
    _ asker: Asker, address: String, leavesWhenSent: Bool = false, hearsOfChanges: Bool = false,
    mayGoOn: @escaping @Sendable (Principal) -> Bool
  ) throws(Refusal) -> StreamGrant {
    let id = Base64URL.encode(SecureRandom.bytes(16))
    let (stream, notices) = AsyncStream.makeStream(of: GrantNotice.self)
    let entry = GrantTable.Entry(
      asker: asker, address: address, mayGoOn: mayGoOn, leavesWhenSent: leavesWhenSent, hearsOfChanges: hearsOfChanges,
      notices: notices, timeline: GrantTimeline(until: asker.credential.end))
    let now = identities.clock.now()
    try state.withLock { state throws(Refusal) in
      try state.table.admit(asker, address: address)
      state.table.add(entry, id: id, now: now)
      setAlarm(for: state.table.next(for: id), &state)
    }
    // Who asks was found out before the stream was known here: what has changed in between, nobody has told it.
    judge([id])
    return StreamGrant(id: id, notices: stream, grants: self)
  }

  /// Takes a newer token for a stream that was opened with one. Gives the end, which is the later one of the two.
  ///
  /// A grant of somebody else is answered as one that does not exist.
  func refresh(_ id: String, by asker: Asker) throws(Refusal) -> UnixTime {
    guard case .token = asker.credential else { throw .refreshNeedsToken }
    let entry = state.withLock { $0.table.entries[id] }
    guard let entry, entry.timeline.next != nil, entry.asker.principal.isSame(as: asker.principal) else {
      throw .noSuchGrant
    }
    guard case .token = entry.asker.credential else { throw .notRefreshedHere(entry.asker.credential.kind) }
    guard entry.mayGoOn(asker.principal) else { throw .tokenShowsLess }
    let now = identities.clock.now()
    let end = state.withLock { $0.table.refresh(id, by: asker, at: now) }
    guard let end else { throw .noSuchGrant }
    changeCount.add(1, ordering: .releasing)
    judge([id])
    return end
  }

  /// Another number whenever what a principal may see may have become another.
  var changes: UInt64 { changeCount.load(ordering: .acquiring) }

  /// Who holds a right, by the policy of this moment; nil for nobody any more.
  func holder(of id: String) -> Principal? {
    guard let asker = state.withLock({ $0.table.entries[id]?.asker }),
      case .known(let principal) = identities.policy.identify(asker.credential.claims),
      principal.isSame(as: asker.principal)
    else { return nil }
    return principal
  }

  /// Whoever holds a right, as if the credential had just been shown; nil when it is over, whether or not that has been said yet.
  func asker(of id: String) -> Asker? {
    let now = identities.clock.now()
    guard let entry = state.withLock({ $0.table.entries[id] }), entry.timeline.isGood(at: now),
      case .goesOn(let asker) = identities.judge(
        entry.asker, policy: identities.policy, now: now, mayGoOn: entry.mayGoOn)
    else { return nil }
    return asker
  }

  /// Something has changed: each stream is judged anew, on a thread of Swift's pool. Returns at once; what comes while it runs makes it
  /// run once more.
  func reconsider() {
    changeCount.add(1, ordering: .releasing)
    let mustStart = review.withLock { review in
      defer { review = review == .idle ? .running : .runningAndDueAgain }
      return review == .idle
    }
    guard mustStart else { return }
    // Detached: thousands of verdicts have no place on the loop of whoever asks. And before other work: who has no right any more is
    // not to go on listening because others are busy.
    Task.detached(priority: .high) { [self] in
      repeat { judge(state.withLock { Array($0.table.entries.keys) }) } while mustJudgeAgain()
    }
  }

  private func mustJudgeAgain() -> Bool {
    review.withLock { review in
      defer { review = review == .runningAndDueAgain ? .running : .idle }
      return review == .runningAndDueAgain
    }
  }

  var openEventStreams: Int { eventStreams.load(ordering: .relaxed) }

  var openCount: Int { state.withLock { $0.table.entries.count } }

  /// For whoever counts together with other gateways. In a lock, so it has to be short.
  func count<Value: Sendable>(_ body: (inout Standings) -> Value) -> Value {
    state.withLock { body(&$0.table.standings) }
  }

  // MARK: The end of the gateway

  /// The streams that leave when they are sent away.
  var leaving: [String] { state.withLock { $0.table.entries.filter(\.value.leavesWhenSent).map(\.key) } }

  /// - Parameter retry: milliseconds that its client is to wait before it comes back; nil: as it has heard before.
  func sendAway(_ id: String, retry: Int?) {
    state.withLock { $0.table.sendAway(id, retry: retry) }
  }

  func close(_ id: String) {
    // Let go of behind the lock: nobody knows what a stream's closure holds.
    _ = state.withLock { $0.table.remove(id) }
  }

  // MARK: Judging

  private func judge(_ ids: [String]) {
    let policy = identities.policy
    let now = identities.clock.now()
    for id in ids {
      guard let entry = state.withLock({ $0.table.entries[id] }) else { continue }
      let verdict = identities.judge(entry.asker, policy: policy, now: now, mayGoOn: entry.mayGoOn)
      let end = state.withLock { state in
        defer { setAlarm(for: state.table.next(for: id), &state) }
        return state.table.apply(verdict, to: id, revision: entry.revision, at: now)
      }
      if let end { record(end, of: entry) }
    }
  }

  private func record(_ end: GrantEnd, of entry: GrantTable.Entry) {
    guard end != .expired else { return }
    var record = AuditRecord(.revoke, .ok, who: entry.asker.principal.name, from: entry.address)
    record.credential = entry.asker.credential.kind
    if case .session(let session) = entry.asker.credential { record.session = session.id }
    record.detail = "An open stream was ended: \(end.rawValue)."
    audit(record)
  }

  // MARK: Time

  private func setAlarm(for time: UnixTime?, _ state: inout sending State) {
    guard let time, time < state.alarm?.time ?? UnixTime(seconds: .max) else { return }
    state.alarm?.task.cancel()
    let clock = identities.clock
    let task = Task.detached(priority: .high) { [weak self] in
      guard (try? await clock.sleepUntil(time)) != nil else { return }
      self?.timeHasCome()
    }
    state.alarm = (time, task)
  }

  private func timeHasCome() {
    let now = identities.clock.now()
    let sessions = state.withLock { state in
      state.alarm = nil
      state.table.tellDue(at: now)
      return state.table.sessionsToKeep(at: now)
    }
    // A stream that is open is use, or somebody who only watches would be signed out for being idle. Should a session be over without
    // anybody having said so, its streams are, too.
    let areOpen = sessions.map { identities.sessions.keepOpen(id: $0, now: now) }
    if areOpen.contains(false) { reconsider() }
    state.withLock { setAlarm(for: $0.table.next, &$0) }
  }
}
