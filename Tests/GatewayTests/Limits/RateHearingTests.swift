import Journal
import Testing

@testable import Gateway

/// Which of the news count.
@Suite struct RateHearingTests {
  private func round(_ from: String, _ number: Int64) -> CountRound {
    CountRound(from: from, number: number, age: 0, counts: [CountRound.Count(key: "pa", count: 1)])
  }

  @Test func `each round of another counts once, however often it comes`() {
    var hearing = RateHearing(name: "me")
    #expect(hearing.next(now: 0) == nil)
    let first = hearing.hear(
      CountNews(place: "1-0", rounds: [round("a", 1), round("me", 1), round("a", 1), round("b", 7)]), now: 0)
    #expect(first == [round("a", 1), round("b", 7)])
    #expect(hearing.next(now: 1) == "1-0")
    let second = hearing.hear(CountNews(place: "2-0", rounds: [round("a", 1), round("a", 3), round("a", 2)]), now: 1)
    #expect(second == [round("a", 3)])
  }

  @Test func `after a minute of silence it begins anew, and sooner it goes on`() {
    var hearing = RateHearing(name: "me")
    _ = hearing.hear(CountNews(place: "1-0", rounds: []), now: 100)
    #expect(hearing.next(now: 159) == "1-0")
    #expect(hearing.next(now: 160) == nil)
    _ = hearing.hear(CountNews(place: "5-0", rounds: []), now: 160)
    #expect(hearing.next(now: 161) == "5-0")
  }

  @Test func `gateways that have gone are forgotten`() {
    var hearing = RateHearing(name: "me")
    _ = hearing.hear(CountNews(place: "1-0", rounds: [round("a", 9)]), now: 0)
    #expect(hearing.hear(CountNews(place: "2-0", rounds: [round("a", 1)]), now: 119).isEmpty)
    #expect(hearing.hear(CountNews(place: "3-0", rounds: [round("a", 1)]), now: 120) == [round("a", 1)])
  }
}
