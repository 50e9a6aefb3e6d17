import HTTP
import Identity

/// The rights of all streams that are open, and how many each principal, address and session has. A value: what happens goes in with its
/// time. Notices go into each grant's own queue, so that whoever asks for them gets them in order.
struct GrantTable {
  struct Entry {
    var asker: Asker
    let address: String
    let mayGoOn: @Sendable (Principal) -> Bool
    /// Whoever runs it ends it when it is sent away. Others stay until their connection goes.
    var leavesWhenSent = false
    /// It is told when it was judged anew.
    var hearsOfChanges = false
    let notices: AsyncStream<GrantNotice>.Continuation
    var timeline: GrantTimeline
    /// Counts the credentials that were shown for it, so that no verdict on a former one counts.
    var revision = 0

    mutating func tell(_ notice: GrantNotice?) {
      guard let notice else { return }
      notices.yield(notice)
      if notice.isLast { notices.finish() }
    }
  }

  private struct OpenSession {
    var streams: Int
    /// When it was last said that the session is in use.
    var kept: UnixTime
  }

  /// Streams of one browser session from which on each new one is told of it, and how many connections browsers have for one server.
  private static let crowd = 4
  private static let browserLimit = 6

  /// Seconds after which a session with an open stream is said to be in use again.
  private let keepEvery: Int64
  private(set) var entries: [String: Entry] = [:]
  /// How many each principal and address has, here and at other gateways.
  var standings: Standings
  private var ofSession: [String: OpenSession] = [:]

  init(_ configuration: IdentityConfiguration) {
    standings = Standings(configuration.rates)
    keepEvery = max(1, min(60, configuration.sessions.idle / 4))
  }

  /// Whether one more may be opened. Throws 429 otherwise.
  func admit(_ asker: Asker, address: String) throws(Refusal) {
    try standings.admit(.principal(asker.principal.name))
    try standings.admit(.address(address))
  }

  mutating func add(_ entry: Entry, id: String, now: UnixTime) {
    var entry = entry
    standings.open(.principal(entry.asker.principal.name))
    standings.open(.address(entry.address))
    if case .session(let session) = entry.asker.credential {
      // The request that has brought the stream was a use.
      let streams = (ofSession[session.id]?.streams ?? 0) + 1
      ofSession[session.id] = OpenSession(streams: streams, kept: now)
      if streams >= Self.crowd { entry.tell(.crowded(streams: streams, limit: Self.browserLimit)) }
    }
    entries[id] = entry
  }

  /// The stream is over. Gives what was kept of it, so that it is let go of where no lock is held.
  mutating func remove(_ id: String) -> Entry? {
    guard let entry = entries.removeValue(forKey: id) else { return nil }
    entry.notices.finish()
    standings.close(.principal(entry.asker.principal.name))
    standings.close(.address(entry.address))
    if case .session(let session) = entry.asker.credential, let open = ofSession[session.id] {
      ofSession[session.id] = open.streams > 1 ? OpenSession(streams: open.streams - 1, kept: open.kept) : nil
    }
    return entry
  }

  /// Says what is due by now.
  mutating func tellDue(at now: UnixTime) {
    // In place: a walk over the keys would hold the table, and each change would copy it.
    var index = entries.values.startIndex
    while index != entries.values.endIndex {
      entries.values[index].checkTime(at: now)
      entries.values.formIndex(after: &index)
    }
  }

  /// The sessions that are due to be said to be in use.
  mutating func sessionsToKeep(at now: UnixTime) -> [String] {
    let due = ofSession.filter { now >= $0.value.kept.adding(seconds: keepEvery) }.map(\.key)
    for id in due { ofSession[id]?.kept = now }
    return due
  }

  /// When there will be something to do again. Nil: not by the mere passing of time.
  var next: UnixTime? {
    let ends = entries.values.lazy.compactMap(\.timeline.next).min()
    let keeps = ofSession.values.lazy.map { $0.kept.adding(seconds: keepEvery) }.min()
    return [ends, keeps].compactMap { $0 }.min()
  }

  /// The same for one stream.
  func next(for id: String) -> UnixTime? {
    guard let entry = entries[id] else { return nil }
    guard case .session(let session) = entry.asker.credential else { return entry.timeline.next }
    return [entry.timeline.next, ofSession[session.id]?.kept.adding(seconds: keepEvery)].compactMap { $0 }.min()
  }

  /// Puts a verdict in place. One on a former credential counts for nothing: the one that took its place is judged by itself.
  /// - Returns: why the right has ended just now, if it has.
  mutating func apply(_ verdict: GrantVerdict, to id: String, revision: Int, at now: UnixTime) -> GrantEnd? {
    guard entries[id]?.revision == revision else { return nil }
    switch verdict {
    case .goesOn(let asker):
      entries[id]?.replace(asker, at: now)
      if entries[id]?.hearsOfChanges == true { entries[id]?.tell(.reconsidered) }
      return nil
    case .ends(let reason):
      return entries[id]?.end(reason) == true ? reason : nil
    }
  }

  mutating func sendAway(_ id: String, retry: Int?) {
    guard let notice = entries[id]?.timeline.sendAway(retry: retry) else { return }
    entries[id]?.tell(notice)
  }

  /// Somebody shows a newer credential for a stream.
  mutating func refresh(_ id: String, by asker: Asker, at now: UnixTime) -> UnixTime? {
    guard let entry = entries[id] else { return nil }
    // One that does not last longer than what is there takes nothing away.
    if asker.credential.end > entry.timeline.ends {
      entries[id]?.revision += 1
      entries[id]?.replace(asker, at: now)
    }
    return entries[id]?.timeline.ends
  }
}

extension GrantTable.Entry {
  fileprivate mutating func checkTime(at now: UnixTime) {
    tell(timeline.check(at: now))
  }

  fileprivate mutating func replace(_ asker: Asker, at now: UnixTime) {
    let maySame = self.asker.principal.mayDoTheSame(as: asker.principal)
    self.asker = asker
    for notice in timeline.extend(until: asker.credential.end, at: now) { tell(notice) }
    if !maySame { tell(.changed) }
  }

  fileprivate mutating func end(_ reason: GrantEnd) -> Bool {
    let notice = timeline.end(reason)
    tell(notice)
    return notice != nil
  }
}
