import TestSupport
import Testing

@testable import Identity

/// Things happen to sessions in any order, with restarts and crashes between them; a model that knows nothing of tables and files says
/// what each cookie must come to.
struct SessionPropertyTests {
  @Test(arguments: 0..<30 as Range<UInt64>)
  func `an ended session never comes back, an open one is never lost, and a restart changes nothing`(
    seed: UInt64
  ) async throws {
    // It waits for the disk again and again; the threads of other tests are not for that.
    try await onThread {
      var run = try Run(seed: seed)
      for step in 0..<120 {
        try run.step()
        try #require(run.complaints == [], "seed \(seed), step \(step)")
      }
    }
  }

  private struct Modelled {
    let id: String
    let opened: UnixTime
    let csrf: String
    var lastUsed: UnixTime
    var ends: UnixTime
    /// All cookies that it ever had, and where the current one and the good one before it are.
    var cookies: [String]
    var former: Int?
    var formerUntil: UnixTime?
    var rotated: UnixTime
    var isEnded = false
  }

  private struct Run {
    let folder: TemporaryFolder
    let limits: SessionLimits
    var random: SeededRandom
    var now = SessionValues.start
    var store: SessionStore?
    var sessions: [Modelled] = []
    var complaints: [String] = []

    init(seed: UInt64) throws {
      folder = try TemporaryFolder()
      random = SeededRandom(seed: seed)
      var limits = SessionValues.limits
      // So that only the model's own steps end sessions.
      limits.perPrincipal = 1000
      limits.total = 1000
      self.limits = limits
      store = try SessionStore(file: folder.path("sessions.jsonl"), limits: limits, now: now)
    }

    mutating func step() throws {
      now = now + Int64(random.next() % 3 == 0 ? random.next() % 200 : random.next() % 5)
      let choice = random.next() % 20
      if choice < 17 { try use(choice) } else { try restart(crashing: choice == 19) }
      check()
    }

    private mutating func use(_ choice: UInt64) throws {
      guard let store else { return }
      switch choice {
      case 0..<3: try open(store)
      case 3..<11: show(store)
      case 11..<14: try rotate(store)
      case 14: try extend(store)
      case 15: try end(store)
      default: try store.tend(now: now)
      }
    }

    private mutating func open(_ store: SessionStore) throws {
      let claims =
        random.next() % 2 == 0
        ? CredentialClaims.link(name: "alex") : SessionValues.token(expires: now + Int64(random.next() % 3000))
      let opened = try store.open(claims, owner: "alex", now: now)
      sessions.append(
        Modelled(
          id: opened.session.id, opened: now, csrf: opened.secrets.csrf, lastUsed: now,
          ends: SessionRecord.end(opened: now, claims: claims, limits: limits), cookies: [opened.secrets.cookie],
          rotated: now))
    }

    private mutating func pick() -> Int? {
      sessions.isEmpty ? nil : Int(random.next() % UInt64(sessions.count))
    }

    private func isOver(_ session: Modelled) -> Bool {
      session.isEnded || now >= session.ends || now >= session.lastUsed + limits.idle
    }

    private mutating func show(_ store: SessionStore) {
      guard let index = pick() else { return }
      // Mostly what a browser has.
      let count = sessions[index].cookies.count
      let cookie = random.next() % 6 == 0 ? Int(random.next() % UInt64(count)) : count - 1
      let outcome = store.find(cookie: sessions[index].cookies[cookie], now: now)
      let expected = shown(index, cookie)
      if outcome.word != expected { complaints.append("shown: \(outcome.word), expected: \(expected)") }
      if case .found(let found) = outcome, found.session.id != sessions[index].id || found.csrf != sessions[index].csrf
      {
        complaints.append("found another session")
      }
    }

    /// What comes of a cookie, by the model.
    private mutating func shown(_ index: Int, _ cookie: Int) -> String {
      if isOver(sessions[index]) {
        sessions[index].isEnded = true
        return "unknown"
      }
      if cookie == sessions[index].cookies.count - 1 {
        if sessions[index].former != nil, sessions[index].formerUntil == nil {
          sessions[index].formerUntil = now + limits.overlap
        }
      } else if cookie != sessions[index].former || sessions[index].formerUntil.map({ now > $0 }) == true {
        sessions[index].isEnded = true
        return "stolen"
      }
      sessions[index].lastUsed = now
      return "found"
    }

    private mutating func rotate(_ store: SessionStore) throws {
      guard let index = pick(), !isOver(sessions[index]) else { return }
      let isLost = random.next() % 4 == 0
      let old = sessions[index].cookies.count - 1
      // As the endpoint does: first it is shown.
      _ = store.find(cookie: sessions[index].cookies[old], now: now)
      _ = shown(index, old)
      let mayRotate = sessions[index].former == nil || sessions[index].formerUntil.map { now > $0 } == true
      guard let secrets = try store.rotate(cookie: sessions[index].cookies[old], now: now) else {
        if mayRotate { complaints.append("not rotated") }
        return
      }
      if !mayRotate { complaints.append("rotated too soon") }
      if secrets.csrf != sessions[index].csrf { complaints.append("the page's token has changed") }
      sessions[index].rotated = now
      // Where the answer is lost, the browser goes on with the cookie it has, which must stay good: so it is shown next.
      if isLost {
        let found = store.find(cookie: sessions[index].cookies[old], now: now + 40).word
        if found != "found" { complaints.append("the answer was lost, and the cookie \(found)") }
        sessions[index].lastUsed = now + 40
      }
      sessions[index].cookies.append(secrets.cookie)
      sessions[index].former = old
      sessions[index].formerUntil = nil
    }

    private mutating func extend(_ store: SessionStore) throws {
      guard let index = pick() else { return }
      let expires = now + Int64(random.next() % 4000)
      let extended = try store.extend(
        id: sessions[index].id, claims: SessionValues.token(expires: expires), now: now)
      if (extended == nil) != isOver(sessions[index]) { complaints.append("extended: \(extended != nil)") }
      guard extended != nil else { return }
      sessions[index].ends = max(
        sessions[index].ends, min(expires, sessions[index].opened + limits.absolute))
      if extended?.ends != sessions[index].ends { complaints.append("extended to another end") }
    }

    private mutating func end(_ store: SessionStore) throws {
      guard let index = pick() else { return }
      let ended = try store.end(ids: [sessions[index].id], now: now)
      if ended.isEmpty != isOver(sessions[index]) { complaints.append("ended: \(ended.count)") }
      sessions[index].isEnded = true
    }

    /// A crash loses mere use since the last minute, so it is written first; and settles what is stolen, as the gateway does.
    private mutating func restart(crashing: Bool) throws {
      let before = store?.list(now: now)
      if crashing { try store?.tend(now: now) } else { try store?.close() }
      store = nil
      let again = try SessionStore(file: folder.path("sessions.jsonl"), limits: limits, now: now)
      if again.list(now: now) != before { complaints.append("a restart has changed something") }
      if again.repair != nil { complaints.append("repaired") }
      store = again
    }

    private mutating func check() {
      guard let store else { return }
      let open = Set(store.list(now: now).map(\.id))
      for index in sessions.indices {
        if isOver(sessions[index]) { sessions[index].isEnded = true }
        let session = sessions[index]
        if open.contains(session.id) == session.isEnded { complaints.append("listed: \(!session.isEnded)") }
        if (store.current(id: session.id, now: now) != nil) == session.isEnded { complaints.append("current") }
      }
    }
  }
}
