import Identity
import Testing

@testable import Gateway

@Suite struct RefusalTallyTests {
  private func time(_ seconds: Int64) -> UnixTime { UnixTime(seconds: 6_000_000 + seconds) }

  @Test func `some of a minute are written and the rest is told by its number`() {
    var tally = RefusalTally(perAddress: 3)
    let written = (0..<10).count { tally.count("a", now: time($0)).isWritten }
    #expect(written == 3)
    #expect(tally.count("b", now: time(30)).isWritten)
    let next = tally.count("b", now: time(60))
    #expect(next.isWritten)
    #expect(next.rests == [RefusalTally.Rest(address: "a", count: 7)])
    #expect(tally.takeRests().isEmpty)
  }

  @Test func `what is left at the end is told, too`() {
    var tally = RefusalTally(perAddress: 1)
    for _ in 0..<5 { _ = tally.count("a", now: time(0)) }
    #expect(tally.takeRests() == [RefusalTally.Rest(address: "a", count: 4)])
    #expect(tally.takeRests().isEmpty)
  }

  @Test func `so many addresses are told apart, and others counted together`() {
    var tally = RefusalTally(perAddress: 1, addressLimit: 2)
    #expect(tally.count("a", now: time(0)).isWritten)
    #expect(tally.count("b", now: time(0)).isWritten)
    for index in 0..<100 { #expect(!tally.count("c\(index)", now: time(0)).isWritten) }
    #expect(tally.count("a", now: time(59)).rests.isEmpty)
    #expect(
      tally.takeRests() == [RefusalTally.Rest(address: "a", count: 1), RefusalTally.Rest(address: nil, count: 100)])
  }
}
