/// What the market did from 60 days before the first flagged trade to 7 days behind the event.
///
/// An alert about wash trades alone has no event: it gets volumes, volatility, phase and liquidity, up to 7 days behind the trade.
package struct MarketDataTool: Tool {
  package static let name = ToolName.marketData
  package static let steps = 4
  package static let daysBefore = 60
  package static let daysBehind = 7

  private let alert: Alert
  private let reference: ReferenceData

  package init(alert: Alert, reference: ReferenceData) {
    self.alert = alert
    self.reference = reference
  }

  package func run(_ reporter: ToolReporter) async throws -> MarketFacts {
    guard let position = FlaggedPosition(alert) else { throw NoFlaggedTrade(alertID: alert.id) }
    let event = alert.kinds == [.washTrade] ? nil : MarketEvent.find(alert, position, reference)
    let end = max(event.map { TradingClock.firstDay(toKnow: $0.time) } ?? position.day, position.day) + Self.daysBehind
    let span = (position.day - Self.daysBefore)...end
    let prices = reference.prices(position.symbol, span)
    try await reporter.step(1, records: prices.count, "Read the prices of \(position.symbol) from \(span.lowerBound).")

    let index = reference.index(span)
    try await reporter.step(2, records: index.count, "Read the market's index for the same days.")

    var facts = Self.facts(position, prices, reference.instrument(position.symbol))
    if let event, let study = EventStudy(event: event.time, prices: prices, index: index) {
      facts.add(study)
      facts.gain = TradeGain.by(study.close, position)
    }
    try await reporter.step(3, Self.message(facts))

    facts.phase = position.isTimeKnown ? TradingClock.phase(position.firstTime) : ""
    facts.liquidity = VolumeStudy.liquidity(facts.dayVolume, average: facts.averageVolume)
    try await reporter.step(
      4, "The first trade's phase is \(Self.shown(facts.phase)), the day's liquidity \(Self.shown(facts.liquidity)).")
    return facts
  }

  private static func facts(
    _ position: FlaggedPosition, _ prices: [PriceRow], _ instrument: InstrumentRow?
  ) -> MarketFacts {
    var facts = MarketFacts(symbol: position.symbol, day: position.day)
    facts.currency = instrument?.currency ?? ""
    facts.prices = prices
    facts.dayVolume = prices.first { $0.day == position.day }?.volume
    facts.averageVolume = instrument?.averageVolume
    facts.volumeScore = VolumeStudy.score(position.day, prices)
    // The days before the trade alone: the event's move says nothing about how the share usually moves.
    facts.dailyVolatility = Statistics.standardDeviation(DailyReturns.of(prices.filter { $0.day < position.day }))
    return facts
  }

  private static func message(_ facts: MarketFacts) -> String {
    guard let abnormal = facts.abnormalReturn, let score = facts.abnormalReturnScore else {
      return "There is no event whose price move could be measured."
    }
    return "The abnormal return is \(Decimals.text(abnormal * 100, digits: 1)) %, "
      + "\(Decimals.text(score, digits: 1)) deviations."
  }

  private static func shown(_ word: String) -> String { word.isEmpty ? "not known" : word }
}

extension MarketFacts {
  mutating func add(_ study: EventStudy) {
    eventDay = study.day
    eventPrice = study.close
    beta = study.beta
    observations = study.observations
    abnormalReturn = study.abnormalReturn
    abnormalReturnScore = study.score
  }
}
