/// What the trader did in the 365 days before the first flagged trade.
package struct TraderHistoryFacts: Sendable, Equatable {
  package static let days = 365

  /// False: there is no history that could be read. True with no rows says something: the account is new or slept.
  package var isAvailable = true
  package var count = 0
  /// Of all trades; nil without any.
  package var medianQuantity: Double?
  /// How unusual the flagged quantity is: the distance of its logarithm from the median, in robust deviations.
  package var sizeScore: Double?
  package var symbolCount = 0
  /// Nil: the instrument's sector is not known.
  package var sectorCount: Int?
  package var sector: String?
  /// The busiest first.
  package var sectors: [SectorShare] = []
  package var programme = Programme()
  /// Between two days with trades.
  package var medianDaysBetween: Double?
  /// What the trader traded on each of the last 30 weekdays and flagged day; in the instrument's currency alone.
  package var dailyNotional: [DayAmount] = []
  /// Of the days in `dailyNotional` before the flagged one on which something was traded.
  package var medianNotional: Money?

  package init() {}

  /// How many times the median the flagged quantity is.
  package func multiple(of quantity: Int) -> Double? {
    guard let medianQuantity, medianQuantity > 0 else { return nil }
    return Double(quantity) / medianQuantity
  }

  package struct SectorShare: Sendable, Equatable {
    package var sector: String
    package var trades: Int

    package init(sector: String, trades: Int) {
      self.sector = sector
      self.trades = trades
    }
  }

  package struct DayAmount: Sendable, Equatable {
    package var day: Day
    package var amount: Money

    package init(day: Day, amount: Money) {
      self.day = day
      self.amount = amount
    }
  }

  /// Trades in the instrument on the flagged side, which may be a habit.
  package struct Programme: Sendable, Equatable {
    /// Days with such trades: the fills of one day are one trade of the programme.
    package var count = 0
    /// The deviation of the intervals by their mean, the one up to the flagged trade included. Nil for less than two of them.
    package var intervalVariation: Double?
    /// The flagged quantity by the median day's.
    package var sizeRatio: Double?

    package init() {}
  }
}
