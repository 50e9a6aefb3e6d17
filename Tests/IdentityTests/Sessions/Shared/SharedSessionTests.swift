import Synchronization
import TestSupport
import Testing

@testable import Identity

/// Two gateways that have their sessions together, each with its own idea of the ledger.
@Suite struct SharedSessionTests {
  let start = UnixTime(seconds: 1_000_000)
  let ledger = TestLedger()
  let claims = CredentialClaims.link(name: "alex")

  /// One gateway.
  final class Box: Sendable {
    let sessions: SharedSessions
    let view: TestLedgerView
    let changes = Mutex(0)
    let clock: Time
    private let folder: TemporaryFolder

    init(_ ledger: TestLedger, _ start: UnixTime, _ limits: SessionLimits = SessionLimits()) async throws {
      folder = try TemporaryFolder()
      view = TestLedgerView(ledger)
      let time = Time(start)
      clock = time
      sessions = try SharedSessions(
        folder: folder.path("state"), ledger: view, limits: limits, grace: 300, now: { time.now })
      sessions.whenChanged { [weak self] in self?.changes.withLock { $0 += 1 } }
      await sessions.start()
    }

    var now: UnixTime { clock.now }
  }

  final class Time: Sendable {
    private let value: Mutex<UnixTime>
    init(_ start: UnixTime) { value = Mutex(start) }
    var now: UnixTime { value.withLock { $0 } }
    func turn(_ seconds: Int64) { value.withLock { $0 = $0.adding(seconds: seconds) } }
  }

  func two(_ limits: SessionLimits = SessionLimits()) async throws -> (Box, Box) {
    (try await Box(ledger, start, limits), try await Box(ledger, start, limits))
  }

  func turn(_ boxes: (Box, Box), _ seconds: Int64) {
    for box in [boxes.0, boxes.1] { box.clock.turn(seconds) }
  }

  func word(_ lookup: SessionLookup) -> String {
    switch lookup {
    case .found: "found"
    case .unknown: "unknown"
    case .stolen: "stolen"
    }
  }

  func find(_ box: Box, _ cookie: String) async throws -> String {
    word(try await box.sessions.find(cookie: cookie, now: box.now))
  }

  func open(_ box: Box) async throws -> (id: String, cookie: String) {
    let opened = try await box.sessions.open(claims, owner: "alex", now: box.now)
    return (opened.session.id, opened.secrets.cookie)
  }

  @Test func `a session that was opened at one is good at the other, before and after that has heard of it`()
    async throws
  {
    let (one, other) = try await two()
    let (id, cookie) = try await open(one)
    #expect(other.sessions.current(id: id, now: other.now) == nil, "It was not told yet.")
    #expect(try await find(other, cookie) == "found")
    #expect(other.sessions.current(id: id, now: other.now) != nil)
    let (second, _) = try await open(one)
    other.view.tell()
    #expect(other.sessions.current(id: second, now: other.now) != nil)
    #expect(other.sessions.list(now: other.now).count == 2)
    // Whoever begins later knows all of it.
    let third = try await Box(ledger, start)
    #expect(third.sessions.list(now: third.now).count == 2)
  }

  @Test func `no secret is in the ledger`() async throws {
    let (one, other) = try await two()
    let (_, cookie) = try await open(one)
    let rotated = try #require(try await one.sessions.rotate(cookie: cookie, now: one.now))
    guard case .success(let link) = try await one.sessions.makeLink(for: "alex", life: 60, now: one.now) else {
      return #expect(Bool(false), "There is room for a link.")
    }
    #expect(try await find(other, rotated.cookie) == "found")
    let text = ledger.text
    #expect(text.contains("alex"))
    for secret in [cookie, rotated.cookie, link.token, rotated.csrf] {
      #expect(!text.contains(secret) && !text.contains(secret.dropFirst(24)) && !text.contains(secret.prefix(21)))
    }
  }

  @Test func `one that is ended is over at the other as soon as it hears of it, and streams are told`() async throws {
    let (one, other) = try await two()
    let (id, cookie) = try await open(one)
    other.view.tell()
    #expect(try await find(other, cookie) == "found")
    let before = other.changes.withLock { $0 }
    #expect(try await one.sessions.end(ids: [id], now: one.now).map(\.id) == [id])
    other.view.tell()
    #expect(other.changes.withLock { $0 } == before + 1)
    #expect(other.sessions.current(id: id, now: other.now) == nil)
    #expect(try await find(other, cookie) == "unknown")
    #expect(try await find(one, cookie) == "unknown")
    #expect(ledger.keys == [])
  }

  // MARK: Cookies that change

  @Test func `a new cookie is good at a gateway that has not heard of the change, and nobody is taken for a thief`()
    async throws
  {
    let (one, other) = try await two()
    let (_, cookie) = try await open(one)
    #expect(try await find(other, cookie) == "found")
    let next = try #require(try await one.sessions.rotate(cookie: cookie, now: one.now))
    #expect(try await find(other, next.cookie) == "found")
    #expect(try await find(one, next.cookie) == "found")
    // Requests overtake each other.
    #expect(try await find(other, cookie) == "found")
    #expect(try await find(one, cookie) == "found")
  }

  @Test func `the first use at one begins the time in which the other still takes the former cookie`() async throws {
    let boxes = try await two()
    let (one, other) = boxes
    let (id, cookie) = try await open(one)
    let next = try #require(try await one.sessions.rotate(cookie: cookie, now: one.now))
    #expect(try await find(other, next.cookie) == "found")
    try await other.sessions.settle()
    one.view.tell()
    turn(boxes, 31)
    #expect(try await find(one, cookie) == "stolen")
    try await one.sessions.settle()
    other.view.tell()
    #expect(other.sessions.current(id: id, now: other.now) == nil)
    #expect(try await find(other, next.cookie) == "unknown", "It is over for both of them.")
  }

  @Test func `the first use is not forgotten when another tells of use before it was told`() async throws {
    let boxes = try await two()
    let (one, other) = boxes
    let (_, cookie) = try await open(one)
    let next = try #require(try await one.sessions.rotate(cookie: cookie, now: one.now))
    other.view.tell()
    turn(boxes, 10)
    #expect(try await find(one, cookie) == "found")
    try await one.sessions.tend(now: one.now)
    // So that the other cannot tell what it sees before it hears of that.
    ledger.isAway = true
    #expect(try await find(other, next.cookie) == "found")
    other.view.tell()
    ledger.isAway = false
    turn(boxes, 31)
    #expect(try await find(other, cookie) == "stolen")
  }

  @Test func `a cookie that was changed twice is a thief's, whoever is asked first`() async throws {
    let boxes = try await two()
    let (one, other) = boxes
    let (_, cookie) = try await open(one)
    #expect(try await find(other, cookie) == "found")
    let second = try #require(try await one.sessions.rotate(cookie: cookie, now: one.now))
    #expect(try await find(one, second.cookie) == "found")
    turn(boxes, 31)
    #expect(try await find(one, second.cookie) == "found")
    let third = try #require(try await one.sessions.rotate(cookie: second.cookie, now: one.now))
    other.view.tell()
    #expect(try await find(other, cookie) == "stolen")
    try await other.sessions.settle()
    one.view.tell()
    #expect(try await find(one, third.cookie) == "unknown")
  }

  @Test func `of two who change a cookie at the same moment, one does`() async throws {
    let (one, other) = try await two()
    let (_, cookie) = try await open(one)
    #expect(try await find(other, cookie) == "found")
    async let late = other.sessions.rotate(cookie: cookie, now: other.now)
    let early = try await one.sessions.rotate(cookie: cookie, now: one.now)
    let all = [early, try await late].compactMap { $0 }
    #expect(all.count == 1)
    for box in [one, other] {
      #expect(try await find(box, all[0].cookie) == "found")
      #expect(try await find(box, cookie) == "found", "The other page has only this one yet.")
    }
  }

  @Test func `who was quicker is seen although nobody has told of it`() async throws {
    let (one, other) = try await two()
    let (id, cookie) = try await open(one)
    #expect(try await find(other, cookie) == "found")
    #expect(try await one.sessions.rotate(cookie: cookie, now: one.now) != nil)
    #expect(try await other.sessions.rotate(cookie: cookie, now: other.now) == nil)
    func token(_ life: Int64) -> CredentialClaims {
      .token(
        TokenClaims(
          issuer: "i", subject: "alex", tenant: nil, roles: [], expires: start.adding(seconds: life), id: nil))
    }
    let short = try await one.sessions.open(token(100), owner: "alex", now: one.now)
    other.view.tell()
    #expect(try await one.sessions.extend(id: short.session.id, claims: token(200), now: one.now) != nil)
    let longer = try await other.sessions.extend(id: short.session.id, claims: token(300), now: other.now)
    #expect(longer?.ends == start.adding(seconds: 300))
    try await one.sessions.end(ids: [short.session.id, id], now: one.now)
    #expect(try await other.sessions.extend(id: short.session.id, claims: token(400), now: other.now) == nil)
    #expect(other.sessions.current(id: short.session.id, now: other.now) == nil)
  }

  // MARK: Time

  @Test func `use at one keeps a session open at the other, and nobody sweeps away what is used elsewhere`()
    async throws
  {
    let boxes = try await two()
    let (one, other) = boxes
    let (id, cookie) = try await open(one)
    other.view.tell()
    for _ in 0..<4 {
      for _ in 0..<2 {
        turn(boxes, 1000)
        #expect(try await find(one, cookie) == "found")
        try await one.sessions.tend(now: one.now)
      }
      // The other believes it unused for 2,000 seconds, which is too long: it has not been told.
      try await other.sessions.tend(now: other.now)
      #expect(ledger.keys.count == 1)
      #expect(other.sessions.list(now: other.now).map(\.id) == [id])
    }
    // What another has not told of yet might have been.
    turn(boxes, 1919)
    try await other.sessions.tend(now: other.now)
    #expect(ledger.keys.count == 1)
    // Idle, and twice the time in which others tell of use.
    turn(boxes, 1)
    try await other.sessions.tend(now: other.now)
    #expect(ledger.keys == [])
  }

  @Test func `use that was seen here counts although another tells of earlier use`() async throws {
    let boxes = try await two()
    let (one, other) = boxes
    let (id, cookie) = try await open(one)
    other.view.tell()
    turn(boxes, 1000)
    #expect(try await find(one, cookie) == "found")
    try await one.sessions.tend(now: one.now)
    turn(boxes, 200)
    // A word of the ledger, so that it is not cut off.
    other.view.tellNothing()
    #expect(other.sessions.keepOpen(id: id, now: other.now))
    other.view.tell()
    #expect(other.sessions.list(now: other.now).map(\.lastUsed) == [start.adding(seconds: 1200)])
    try await other.sessions.tend(now: other.now)
    one.view.tell()
    #expect(one.sessions.list(now: one.now).map(\.lastUsed) == [start.adding(seconds: 1200)])
  }

  @Test func `a session that seems over here is looked for before it is refused`() async throws {
    let boxes = try await two()
    let (one, other) = boxes
    let (_, cookie) = try await open(one)
    other.view.tell()
    turn(boxes, 1700)
    #expect(try await find(one, cookie) == "found")
    try await one.sessions.tend(now: one.now)
    turn(boxes, 200)
    #expect(try await find(other, cookie) == "found")
    turn(boxes, 1801)
    #expect(try await find(other, cookie) == "unknown")
  }

  // MARK: Links

  @Test func `a link is good at any gateway, and once`() async throws {
    let boxes = try await two()
    let (one, other) = boxes
    func link() async throws -> String {
      guard case .success(let link) = try await one.sessions.makeLink(for: "alex", life: 600, now: one.now, limit: 2)
      else { return "full" }
      return link.token
    }
    let first = try await link()
    #expect(try await other.sessions.redeem(first, now: other.now) == "alex")
    #expect(try await other.sessions.redeem(first, now: other.now) == nil)
    #expect(try await one.sessions.redeem(first, now: one.now) == nil)
    #expect(try await one.sessions.redeem("never", now: one.now) == nil)
    one.view.tell()
    let (second, _) = (try await link(), try await link())
    #expect(try await link() == "full")
    turn(boxes, 600)
    #expect(try await other.sessions.redeem(second, now: other.now) == nil)
    other.view.tell()
    try await other.sessions.tend(now: other.now)
    #expect(ledger.keys == [])
    ledger.isAway = true
    await #expect(throws: LedgerAway.self) { _ = try await other.sessions.redeem(second, now: other.now) }
  }

  @Test func `of many who use a link at all gateways, one gets in`() async throws {
    let (one, other) = try await two()
    guard case .success(let link) = try await one.sessions.makeLink(for: "alex", life: 600, now: one.now) else {
      return #expect(Bool(false), "There is room for a link.")
    }
    let names = try await withThrowingTaskGroup(of: String?.self) { group in
      for turn in 0..<20 {
        let sessions = (turn.isMultiple(of: 2) ? one : other).sessions
        group.addTask { [start] in try await sessions.redeem(link.token, now: start) }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(names.compactMap { $0 } == ["alex"])
  }

  // MARK: Limits

  @Test func `the limit of one principal counts over all gateways`() async throws {
    var limits = SessionLimits()
    limits.perPrincipal = 2
    let boxes = try await two(limits)
    let (one, other) = boxes
    let (first, _) = try await open(one)
    turn(boxes, 1)
    let (second, _) = try await open(other)
    one.view.tell()
    turn(boxes, 1)
    let opened = try await one.sessions.open(claims, owner: "alex", now: one.now)
    #expect(opened.displaced.map(\.id) == [first])
    try await one.sessions.settle()
    other.view.tell()
    #expect(Set(other.sessions.list(now: other.now).map(\.id)) == [second, opened.session.id])
  }

  @Test func `a state folder belongs to one gateway`() async throws {
    let folder = try TemporaryFolder()
    let first = try SharedSessions(
      folder: folder.path, ledger: TestLedgerView(ledger), limits: SessionLimits(), now: { [start] in start })
    #expect(throws: SessionFileError.taken(folder: folder.path)) {
      try SharedSessions(
        folder: folder.path, ledger: TestLedgerView(ledger), limits: SessionLimits(), now: { [start] in start })
    }
    #expect(first.list(now: start).isEmpty)
  }
}
