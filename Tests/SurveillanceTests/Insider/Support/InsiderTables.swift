import Surveillance

/// Small reference data around one purchase of ACME on Wednesday 2026-03-04, 10:00, by T-1.
///
/// ACME and the index stand still at 100 and 1,000 on every weekday, with 10,000 shares a day, until a test moves them. T-9 trades
/// something else a year long, so that there is a history of somebody.
struct InsiderTables {
  static let day = InsiderScene.day
  static let time = InsiderScene.time

  var tables = ReferenceTables()
  var alert: Alert
  private var nextTrade = 1

  init() {
    alert = InsiderScene().alert
    tables.traders = [trader("T-1"), trader("T-9")]
    tables.instruments = [instrument("ACME", "energy"), instrument("BOLT", "industry")]
    for number in -90...40 where !(Self.day + number).isWeekend {
      tables.prices.append(price(Self.day + number, 100, volume: 10_000))
      tables.index.append(IndexRow(day: Self.day + number, close: Price(tenThousandths: 10_000_000)))
    }
    trade("T-9", daysBefore: 100, "BOLT")
  }

  var reference: ReferenceData { ReferenceData(tables) }

  func trader(_ id: String) -> TraderRow {
    TraderRow(
      id: id, name: "Name of \(id)", role: "trader", department: "desk", access: .none, permission: .full,
      mandateSectors: [])
  }
  func instrument(_ symbol: String, _ sector: String, _ currency: String = "EUR") -> InstrumentRow {
    InstrumentRow(
      symbol: symbol, sector: sector, currency: currency, averageVolume: 10_000, tick: Price(tenThousandths: 100))
  }
  func price(_ day: Day, _ close: Double, volume: Int) -> PriceRow {
    let close = Price(tenThousandths: Int((close * 10_000).rounded()))
    return PriceRow(symbol: "ACME", day: day, open: close, high: close, low: close, close: close, volume: volume)
  }

  mutating func setClose(_ day: Day, _ close: Double) {
    for index in tables.prices.indices where tables.prices[index].day == day {
      tables.prices[index] = price(day, close, volume: tables.prices[index].volume)
    }
  }
  mutating func setVolume(_ day: Day, _ volume: Int) {
    for index in tables.prices.indices where tables.prices[index].day == day { tables.prices[index].volume = volume }
  }

  mutating func trade(
    _ trader: String, daysBefore: Double, _ symbol: String = "ACME", _ side: Side = .buy, quantity: Int = 100,
    account: String = "A-0"
  ) {
    let time = Self.time - Int(daysBefore * Double(Instant.perDay))
    tables.trades.append(
      TradeRow(
        id: "X-\(nextTrade)", time: time, accountID: account, traderID: trader, symbol: symbol, side: side,
        quantity: quantity, price: Price(tenThousandths: 1_000_000)))
    nextTrade += 1
  }

  /// - Parameter hours: behind the trade.
  mutating func news(
    hours: Double, _ category: NewsRow.Category = .material, direction: Int = 1, isScheduled: Bool = false
  ) {
    tables.news.append(InsiderScene.news(hours: hours, category, direction: direction, isScheduled: isScheduled))
  }

  mutating func setEvent(_ time: Instant, isTimeKnown: Bool = true) {
    alert.event = AlertEvent(type: "takeover", time: time, isTimeKnown: isTimeKnown)
  }

  func facts() async throws -> InsiderFacts {
    let reference = reference
    return InsiderFacts(
      market: try await MarketDataTool(alert: alert, reference: reference).facts(),
      profile: try await TraderProfileTool(alert: alert, reference: reference).facts(),
      history: try await TraderHistoryTool(alert: alert, reference: reference).facts(),
      news: try await MarketNewsTool(alert: alert, reference: reference).facts(),
      peers: try await PeerTradesTool(alert: alert, reference: reference).facts(),
      related: try await RelatedPartiesTool(alert: alert, reference: reference).facts())
  }

  mutating func shuffle(_ random: inout InsiderRandom) {
    tables.traders.shuffle(using: &random)
    tables.trades.shuffle(using: &random)
    tables.instruments.shuffle(using: &random)
    tables.prices.shuffle(using: &random)
    tables.index.shuffle(using: &random)
    tables.news.shuffle(using: &random)
    tables.accounts.shuffle(using: &random)
    tables.links.shuffle(using: &random)
    tables.insiders.shuffle(using: &random)
    tables.restrictions.shuffle(using: &random)
    tables.plans.shuffle(using: &random)
    alert.trades.shuffle(using: &random)
  }
}
