/// What the market did around the flagged trades.
package struct MarketFacts: Sendable, Equatable {
  package var symbol: String
  package var currency = ""
  /// The day of the first flagged trade.
  package var day: Day
  /// The prices from 60 days before it to 7 days behind the event, or behind the trade where there is none.
  package var prices: [PriceRow] = []
  package var dayVolume: Int?
  package var averageVolume: Int?
  /// How unusual the day's volume was: the score of ln volume against the 20 trading days before the ten before it.
  package var volumeScore: Double?
  /// The return on the event's day beyond what the index explains.
  package var abnormalReturn: Double?
  package var abnormalReturnScore: Double?
  package var beta: Double?
  /// How many days the slope was drawn from.
  package var observations = 0
  /// The trading day whose close first knew of the event.
  package var eventDay: Day?
  /// The close on that day.
  package var eventPrice: Price?
  /// What the flagged trades have gained, or avoided losing, by then.
  package var gain: Money?
  /// `pre-market`, `opening`, `continuous`, `closing`, `after-hours`.
  package var phase = ""
  /// `high`, `normal`, `low`.
  package var liquidity = ""
  package var dailyVolatility: Double?

  package init(symbol: String, day: Day) {
    self.symbol = symbol
    self.day = day
  }
}
