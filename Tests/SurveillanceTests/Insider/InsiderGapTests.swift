import Surveillance
import Testing

@Suite struct InsiderGapTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    /// The mandatory ones with an exclamation mark.
    var gaps: String
    var change: @Sendable (inout InsiderScene) -> Void

    init(_ name: String, _ gaps: String, _ change: @escaping @Sendable (inout InsiderScene) -> Void) {
      testDescription = name
      self.gaps = gaps
      self.change = change
    }
  }

  static let cases: [Case] = [
    Case("all is known", "") { _ in },
    Case("no profile", "profile!") { $0.facts.profile.trader = nil },
    Case("no history", "history!") {
      $0.facts.history = TraderHistoryFacts()
      $0.facts.history.isAvailable = false
    },
    Case("a history without rows", "size baseline") { $0.facts.history = TraderHistoryFacts() },
    Case("a history of four trades", "size baseline") { $0.facts.history.count = 4 },
    Case("no prices", "prices!") {
      $0.facts.market = MarketFacts(symbol: "ACME", day: InsiderScene.day)
    },
    Case("prices that do not reach the event", "prices!") { $0.facts.market.abnormalReturn = nil },
    Case("no event", "event") {
      $0.facts.news.event = nil
      $0.facts.market.abnormalReturn = nil
    },
    Case("an event before the trade needs no prices", "") {
      $0.setEvent(hours: -5)
      $0.facts.market.abnormalReturn = nil
    },
    Case("a closed day", "volume") {
      $0.facts.market.dayVolume = nil
      $0.facts.market.volumeScore = nil
    },
    Case("an unknown instrument", "instrument ACME") { $0.facts.profile.sector = nil },
    Case("nobody's trades", "peers") { $0.facts.peers.isCovered = false },
    Case("an event of the same day, without a time", "event time") {
      $0.facts.news.event = MarketEvent(time: InsiderScene.time, isTimeKnown: false)
    },
    Case("trades in another instrument", "other instruments") {
      var other = $0.alert.trades[0]
      other.sequence = 2
      other.symbol = "OTHER"
      $0.alert.trades.append(other)
    },
    Case("nothing at all", "profile! history! prices! instrument ACME event") {
      $0.facts = InsiderFacts(
        market: MarketFacts(symbol: "ACME", day: InsiderScene.day), profile: TraderProfileFacts(),
        history: TraderHistoryFacts(), news: MarketNewsFacts(), peers: PeerTradesFacts(), related: RelatedPartiesFacts()
      )
      $0.facts.history.isAvailable = false
    },
  ]

  @Test(arguments: cases)
  func `what is not known is told`(one: Case) {
    var scene = InsiderScene()
    one.change(&scene)
    let gaps = scene.assessment.gaps
    #expect(gaps.map { $0.source + ($0.isMandatory ? "!" : "") }.joined(separator: " ") == one.gaps)
    #expect(gaps.allSatisfy { $0.statement.hasSuffix(".") })
  }

  @Test func `a history without rows is evidence, a missing one is none`() {
    var scene = InsiderScene()
    scene.facts.history = TraderHistoryFacts()
    scene.facts.history.sectorCount = 0
    scene.facts.history.sector = "energy"
    #expect(scene.points("I5") == 10)
    #expect(scene.points("I6") == 10)
    scene.facts.history.isAvailable = false
    #expect(scene.points("I5") == 0)
    #expect(scene.points("I6") == 0)
  }
}
