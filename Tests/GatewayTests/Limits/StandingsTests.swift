import HTTP
import Journal
import Testing

@testable import Gateway

/// How many streams there are here and elsewhere, and what of it is told.
@Suite struct StandingsTests {
  private let anna = StandingKey.principal("anna")

  /// Of a gateway that tells what it has.
  private func standings(_ limit: Int, ofAddress: Int = 1000) -> Standings {
    var limits = IdentityConfiguration.RateLimits()
    (limits.streamsPerPrincipal, limits.streamsPerAddress) = (limit, ofAddress)
    var standings = Standings(limits)
    standings.tellAnew(as: "one")
    return standings
  }

  private func news(_ name: String, _ number: Int64, isWhole: Bool = false, _ counts: [String: Int64]) -> StandingNews {
    StandingNews(isKept: true, others: [other(name, number, isWhole: isWhole, counts)])
  }

  private func other(
    _ name: String, _ number: Int64, isWhole: Bool = false, _ counts: [String: Int64]
  ) -> StandingNews.Other {
    StandingNews.Other(
      name: name, number: number, isWhole: isWhole,
      counts: counts.map { CountRound.Count(key: $0.key, count: $0.value) })
  }

  private func told(_ standings: inout Standings, limit: Int = 256) -> [String: Int64] {
    let counts = standings.tell(limit: limit)?.counts ?? []
    return Dictionary(uniqueKeysWithValues: counts.map { ($0.key, $0.count) })
  }

  /// Nil: one more may be opened.
  private func wait(_ standings: Standings, _ key: StandingKey) -> String? {
    do throws(Refusal) {
      try standings.admit(key)
      return nil
    } catch {
      return error.status == .tooManyRequests ? error.fields["retry-after"] : "no 429"
    }
  }

  @Test func `what others have counts, and who has everything here waits longer`() {
    var standings = standings(4)
    for _ in 0..<2 { standings.open(anna) }
    #expect(wait(standings, anna) == nil)
    standings.hear(
      StandingNews(isKept: true, others: [other("a", 1, ["panna": 1]), other("b", 1, ["panna": 1])]), next: "x")
    #expect(standings.elsewhere(anna) == 2)
    #expect(wait(standings, anna) == "5")
    #expect(wait(standings, .principal("vera")) == nil && wait(standings, .address("anna")) == nil)
    // One of the others has gone.
    standings.hear(news("a", 1, [:]), next: "x")
    #expect(wait(standings, anna) == nil)
    for _ in 0..<2 { standings.open(anna) }
    #expect(wait(standings, anna) == "10" && standings.room(for: anna) == .fullHere)
    standings.close(anna)
    #expect(standings.room(for: anna) == .fullElsewhere && standings.room(for: .principal("vera")) == .free)
    #expect(wait(standings, anna) == "5")
    standings.hear(news("a", 2, ["panna": 0]), next: "x")
    #expect(wait(standings, anna) == nil)
  }

  @Test func `an address has its own limit and its own word`() {
    var standings = standings(100, ofAddress: 2)
    standings.open(.address("::1"))
    #expect(told(&standings) == ["a::1": 1])
    standings.hear(news("a", 1, ["a::1": 1, "p::1": 50]), next: "x")
    #expect(wait(standings, .address("::1")) == "5")
    #expect(wait(standings, .principal("::1")) == nil)
  }

  @Test func `only what may add up to too much is told, once, and when it is less again, that`() {
    var standings = standings(16)
    standings.open(anna)
    #expect(told(&standings) == [:])
    standings.open(anna)
    #expect(told(&standings) == ["panna": 2])
    #expect(told(&standings) == [:])
    standings.open(anna)
    standings.close(anna)
    #expect(told(&standings) == [:])
    standings.close(anna)
    #expect(told(&standings) == ["panna": 0])
    standings.close(anna)
    #expect(told(&standings) == [:])
  }

  @Test func `of what another has many, a few are told, too, for as long as it has`() {
    var standings = standings(16)
    standings.open(anna)
    standings.hear(news("a", 1, ["panna": 2, "pvera": 2]), next: "x")
    #expect(told(&standings) == ["panna": 1])
    standings.hear(news("a", 2, ["panna": 1]), next: "x")
    #expect(told(&standings) == ["panna": 0])
    standings.hear(news("a", 3, ["panna": 9]), next: "x")
    #expect(told(&standings) == ["panna": 1])
    standings.hear(StandingNews(isKept: true, others: []), next: "x")
    #expect(told(&standings) == ["panna": 0])
  }

  @Test func `a flood of addresses is not told, and of too many keys the largest come first and the rest later`() {
    var flood = standings(100)
    for number in 0..<10_000 { flood.open(.address("\(number)")) }
    #expect(told(&flood) == [:])

    var standings = standings(8)
    for number in 1...7 {
      for _ in 0..<number { standings.open(.principal("\(number)")) }
    }
    #expect(told(&standings, limit: 3) == ["p7": 7, "p6": 6, "p5": 5])
    for _ in 0..<4 { standings.close(.principal("4")) }
    standings.close(.principal("7"))
    #expect(told(&standings, limit: 3) == ["p7": 6, "p3": 3, "p2": 2])
    #expect(told(&standings, limit: 3) == ["p1": 1])
    #expect(told(&standings, limit: 3) == [:])
  }

  @Test func `a round says what was told before, and how far others were heard`() {
    var standings = standings(8)
    #expect(standings.tell(limit: 9) == StandingTold(name: "one", former: nil, base: 0, counts: [], heard: [:]))
    standings.open(anna)
    standings.hear(news("a", 7, ["panna": 1]), next: "x")
    let first = standings.tell(limit: 9)
    #expect(first?.base == 0 && first?.number == 1 && first?.heard == ["a": 7])
    let quiet = standings.tell(limit: 9)
    #expect(quiet?.base == 1 && quiet?.number == 1 && quiet?.counts == [])
  }

  @Test func `the whole takes the place of what was heard before`() {
    var standings = standings(8)
    standings.open(.principal("vera"))
    _ = told(&standings)
    standings.hear(news("a", 1, ["panna": 2, "pvera": 3]), next: "x")
    standings.hear(news("a", 300, isWhole: true, ["panna": 1]), next: "x")
    #expect(standings.elsewhere(anna) == 1 && standings.elsewhere(.principal("vera")) == 0)
    #expect(standings.tell(limit: 9)?.heard == ["a": 300])
  }

  @Test func `keys that are not known change nothing, and no number is too large`() {
    var standings = standings(8)
    standings.open(anna)
    standings.hear(
      StandingNews(
        isKept: true,
        others: [
          other("a", .max, ["": 5, "zanna": 5, "anna": 5, "panna": .max]), other("b", 1, ["panna": .max]),
          other("c", 1, ["pvera": .min]),
        ]), next: "x")
    #expect(standings.elsewhere(anna) == 2_000_000_000)
    #expect(standings.elsewhere(.principal("vera")) == 0)
    #expect(standings.elsewhere(.address("nna")) == 5)
    #expect(told(&standings) == ["panna": 1])
  }

  @Test func `when the server is away others are forgotten, and all is told anew`() {
    var standings = standings(8)
    for name in ["anna", "vera"] { standings.open(.principal(name)) }
    #expect(told(&standings).count == 2)
    standings.hear(news("a", 1, ["panna": 7]), next: "x")
    #expect(wait(standings, anna) == "5")
    standings.beAlone(next: "two")
    #expect(wait(standings, anna) == nil)
    standings.open(anna)
    let anew = standings.tell(limit: 1)
    #expect(anew?.name == "two" && anew?.former == "one" && anew?.base == 0 && anew?.heard == [:])
    #expect(anew?.counts == [CountRound.Count(key: "panna", count: 2)])
    let rest = standings.tell(limit: 9)
    #expect(rest?.former == nil && rest?.counts == [CountRound.Count(key: "pvera", count: 1)])
    // What the others have is known, only what was told from here is lost.
    standings.hear(
      StandingNews(isKept: false, others: [other("a", 1, ["panna": 6])]), next: "three")
    #expect(wait(standings, anna) == "5")
    let again = standings.tell(limit: 9)
    #expect(again?.name == "three" && again?.former == "two" && again?.counts.count == 2)
  }

  @Test func `who has told nothing has nothing to take back, and who has the journal alone tells nobody`() {
    var alone = Standings(IdentityConfiguration.RateLimits())
    alone.open(anna)
    #expect(alone.tell(limit: 9) == nil && alone.endTelling() == nil)
    var standings = standings(8)
    #expect(standings.endTelling() == nil)
    standings.tellAnew(as: "two")
    standings.open(anna)
    _ = told(&standings)
    #expect(standings.endTelling() == "two")
    #expect(standings.tell(limit: 9) == nil)
  }
}
