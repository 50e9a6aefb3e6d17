import Surveillance

/// An alert and facts that say next to nothing: a test changes what it is about.
///
/// The purchase is of Wednesday 2026-03-04, 10:00, the event 48 hours later.
struct InsiderScene: Sendable {
  var alert: Alert
  var facts: InsiderFacts
  var policy = Policy.standard

  static let day = Day(year: 2026, month: 3, day: 4)
  static let time = Instant(day, hour: 10)

  init(_ side: Side = .buy, quantity: Int = 1_000) {
    alert = Alert(id: "AL-1", type: "Insider dealing")
    alert.kinds = [.insiderTrading]
    alert.trader = AlertTrader(id: "T-1")
    alert.trades = [
      AlertTrade(
        sequence: 1, time: Self.time, symbol: "ACME", side: side, quantity: quantity,
        price: Price(tenThousandths: 1_000_000))
    ]
    var market = MarketFacts(symbol: "ACME", day: Self.day)
    market.currency = "EUR"
    market.prices = [
      PriceRow(
        symbol: "ACME", day: Self.day, open: .init(tenThousandths: 1_000_000), high: .init(tenThousandths: 1_000_000),
        low: .init(tenThousandths: 1_000_000), close: .init(tenThousandths: 1_000_000), volume: 5_000)
    ]
    market.dayVolume = 5_000
    market.volumeScore = 0
    market.abnormalReturn = 0.001 * Double(side.sign)
    market.abnormalReturnScore = 0.1 * Double(side.sign)
    market.beta = 1
    market.eventPrice = Price(tenThousandths: 1_000_000)
    market.gain = Money(minor: 0)
    var profile = TraderProfileFacts()
    profile.traderID = "T-1"
    profile.sector = "energy"
    profile.trader = TraderRow(
      id: "T-1", name: "Ada Moor", role: "sales trader", department: "sales", access: .none, permission: .full,
      mandateSectors: [])
    var history = TraderHistoryFacts()
    history.count = 10
    history.medianQuantity = 1_000
    history.sizeScore = 2
    history.symbolCount = 1
    history.sector = "energy"
    history.sectorCount = 1
    history.sectors = [.init(sector: "energy", trades: 1), .init(sector: "health", trades: 9)]
    var news = MarketNewsFacts()
    news.event = MarketEvent(time: Self.time + 48 * Instant.perHour, news: Self.news(hours: 48))
    var peers = PeerTradesFacts()
    peers.peers = 10
    peers.sameDirection = 5
    facts = InsiderFacts(
      market: market, profile: profile, history: history, news: news, peers: peers, related: RelatedPartiesFacts())
  }

  static func news(
    hours: Double, _ category: NewsRow.Category = .material, direction: Int = 1, isScheduled: Bool = false
  ) -> NewsRow {
    NewsRow(
      time: time + Int(hours * Double(Instant.perHour)), symbol: "ACME", source: "wire", headline: "Bid for ACME",
      category: category, direction: direction, isScheduled: isScheduled)
  }

  mutating func setEvent(hours: Double, isScheduled: Bool = false) {
    let news = Self.news(hours: hours, isScheduled: isScheduled)
    facts.news.event = MarketEvent(time: news.time, news: news)
  }

  mutating func setTrader(_ change: (inout TraderRow) -> Void) {
    guard var trader = facts.profile.trader else { return }
    change(&trader)
    facts.profile.trader = trader
  }

  mutating func setPlan(
    daysBefore: Int = 200, side: Side = .buy, most: Int = 1_000, status: PlanRow.Status = .active, firstTrade: Int = 100
  ) {
    facts.profile.plans = [
      PlanRow(
        id: "P-1", traderID: "T-1", symbol: "ACME", side: side, adopted: Self.day - daysBefore,
        firstTrade: Self.day - firstTrade, maximumQuantity: most, status: status)
    ]
  }

  mutating func list(_ list: RestrictionRow.List) {
    facts.profile.restrictions.append(
      RestrictionRow(symbol: "ACME", from: Self.day - 1, to: Self.day + 1, list: list))
  }

  mutating func putOnInsiderList() {
    facts.profile.insiderEntries = [
      InsiderRow(traderID: "T-1", symbol: "ACME", from: Self.day - 1, to: Self.day + 9, source: .insiderList)
    ]
  }

  mutating func link(degree: Int = 1, isInsider: Bool = true) {
    facts.related.links = [.init(id: "T-9", relation: .spouse, degree: degree, isInsider: isInsider)]
  }

  mutating func coordinate(degree: Int = 1) {
    facts.related.coordinated = [
      .init(
        id: "X-1", party: "T-9", degree: degree, time: Self.time, quantity: 10, price: Price(tenThousandths: 1_000_000))
    ]
  }

  var assessment: Assessment { InsiderAssessment.assess(alert, facts, policy) }

  /// 0 where the indicator is left out.
  func strength(_ indicator: String) -> Double {
    assessment.evidence.first { $0.indicator == indicator }?.strength ?? 0
  }
  func points(_ indicator: String) -> Double {
    assessment.evidence.first { $0.indicator == indicator }.map { $0.strength * $0.weight } ?? 0
  }
}
