import Journal
import Testing

@testable import Gateway

/// What a gateway may believe of its lease. Six seconds, of which one is the margin.
@Suite struct LeaseHoldTests {
  private let one = Fence(lease: "one")
  private let two = Fence(lease: "two")

  @Test func `it counts from the moment of asking, and gives up before the server does`() {
    var hold = LeaseHold(LeaseTerms())
    let isTaken = hold.take(one, asked: 1000, now: 1400)
    #expect(isTaken && hold.until == 6000)
    let early = hold.expire(at: 5999)
    #expect(early == nil && hold.fence == one)
    // It is given up once.
    let (due, again) = (hold.expire(at: 6000), hold.expire(at: 6001))
    #expect(due == one && again == nil && hold.fence == nil)
  }

  @Test func `an answer that comes too late brings nothing`() {
    var hold = LeaseHold(LeaseTerms())
    let isTaken = hold.take(one, asked: 0, now: 5000)
    #expect(!isTaken && hold.fence == nil)
  }

  @Test func `a renewal lengthens it, never shortens it, and is its own alone`() {
    var hold = LeaseHold(LeaseTerms())
    let isTaken = hold.take(one, asked: 0, now: 0)
    #expect(isTaken)
    hold.renew(one, asked: 1000)
    #expect(hold.until == 6000)
    hold.renew(one, asked: 500)
    #expect(hold.until == 6000)
    hold.renew(two, asked: 3000)
    #expect(hold.until == 6000)
    let first = hold.lose(two)
    let second = hold.lose(one)
    let third = hold.lose(one)
    #expect(!first && second && !third)
    // What is said of it afterwards does not bring it back.
    hold.renew(one, asked: 4000)
    #expect(hold.fence == nil)
  }
}
