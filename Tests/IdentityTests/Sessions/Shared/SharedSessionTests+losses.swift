import Synchronization
import TestSupport
import Testing

@testable import Identity

// When the ledger cannot be asked, and when it has lost something.
extension SharedSessionTests {
  // MARK: Without the ledger

  @Test
  func `without the ledger who is signed in stays so for a while, and nothing that takes others to know is decided`()
    async throws
  {
    let boxes = try await two()
    let (one, other) = boxes
    let (id, cookie) = try await open(one)
    let (ended, endedCookie) = try await open(one)
    other.view.tell()
    try await one.sessions.end(ids: [ended], now: one.now)
    other.view.tell()
    let next = try #require(try await one.sessions.rotate(cookie: cookie, now: one.now))
    ledger.isAway = true
    #expect(try await find(other, cookie) == "found")
    await #expect(throws: LedgerAway.self) { try await find(other, next.cookie) }
    await #expect(throws: LedgerAway.self) { try await find(other, endedCookie) }
    await #expect(throws: LedgerAway.self) { try await open(other) }
    await #expect(throws: LedgerAway.self) { try await other.sessions.rotate(cookie: cookie, now: other.now) }
    #expect(other.sessions.current(id: id, now: other.now) != nil)
    turn(boxes, 300)
    #expect(try await find(other, cookie) == "found")
    turn(boxes, 1)
    #expect(other.sessions.isCutOff)
    #expect(other.sessions.current(id: id, now: other.now) == nil)
    #expect(!other.sessions.keepOpen(id: id, now: other.now))
    await #expect(throws: LedgerAway.self) { try await find(other, cookie) }
    ledger.isAway = false
    #expect(try await find(other, next.cookie) == "found", "It can be asked, although nothing is told yet.")
    other.view.tellAll()
    #expect(other.sessions.current(id: id, now: other.now) != nil)
    #expect(try await find(other, endedCookie) == "unknown")
  }

  @Test func `what was ended without the ledger is over here at once, and elsewhere when it is back`() async throws {
    let (one, other) = try await two()
    let (id, cookie) = try await open(one)
    other.view.tell()
    ledger.isAway = true
    await #expect(throws: LedgerAway.self) { try await one.sessions.end(ids: [id], now: one.now) }
    #expect(one.sessions.current(id: id, now: one.now) == nil)
    #expect(try await find(other, cookie) == "found")
    ledger.isAway = false
    #expect(try await find(one, cookie) == "unknown", "The ledger has it still, and here it is over.")
    one.view.tellAll()
    #expect(await eventually { self.ledger.keys == [] })
    other.view.tell()
    #expect(other.sessions.current(id: id, now: other.now) == nil)
  }

  @Test func `what was ended without the ledger stays so although the other has changed it meanwhile`() async throws {
    let (one, other) = try await two()
    let (id, cookie) = try await open(one)
    other.view.tell()
    ledger.isAway = true
    await #expect(throws: LedgerAway.self) { try await one.sessions.end(ids: [id], now: one.now) }
    ledger.isAway = false
    let next = try #require(try await other.sessions.rotate(cookie: cookie, now: other.now))
    one.view.tell()
    #expect(one.sessions.current(id: id, now: one.now) == nil)
    for cookie in [cookie, next.cookie] { #expect(try await find(one, cookie) == "unknown") }
    try await one.sessions.settle()
    #expect(ledger.keys == [])
    #expect(try await find(other, next.cookie) == "found", "It was not told yet.")
    other.view.tell()
    #expect(try await find(other, next.cookie) == "unknown")
  }

  // MARK: A ledger that has lost something

  @Test func `what was ended stays so although the ledger has lost that`() async throws {
    let (one, other) = try await two()
    let (id, cookie) = try await open(one)
    other.view.tell()
    let copy = ledger.copy()
    try await one.sessions.end(ids: [id], now: one.now)
    other.view.tell()
    ledger.lose(to: copy)
    other.view.tellAll()
    #expect(other.sessions.current(id: id, now: other.now) == nil)
    #expect(await eventually { self.ledger.keys == [] }, "Whoever knows it better says so.")
    #expect(try await find(other, cookie) == "unknown")
    #expect(try await find(one, cookie) == "unknown")
  }

  @Test func `a session of which something was lost is over, and one that was lost, too`() async throws {
    let (one, other) = try await two()
    let (changed, cookie) = try await open(one)
    let (kept, keptCookie) = try await open(one)
    let copy = ledger.copy()
    let next = try #require(try await one.sessions.rotate(cookie: cookie, now: one.now))
    let (lost, lostCookie) = try await open(one)
    other.view.tell()
    ledger.lose(to: copy)
    for box in [one, other] {
      box.view.tellAll()
      #expect(box.sessions.current(id: changed, now: box.now) == nil)
      #expect(box.sessions.current(id: lost, now: box.now) == nil)
      #expect(box.sessions.current(id: kept, now: box.now) != nil)
    }
    for box in [one, other] {
      #expect(await eventually { self.ledger.keys.count == 1 })
      for cookie in [next.cookie, cookie, lostCookie] { #expect(try await find(box, cookie) == "unknown") }
      #expect(try await find(box, keptCookie) == "found")
    }
  }
}
