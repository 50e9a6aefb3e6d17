/// How far the price moved on an event's day beyond what the market explains.
///
/// Returns are simple, from one close to the next that is on file. The window is every trading day before the event's day for which
/// both the instrument and the index have two closes: all of it counts, the run-up too, because the sources name no other window and
/// a leak then makes the score smaller, never larger.
package struct EventStudy: Sendable, Equatable {
  /// With fewer observations the slope says more about chance than about the share: it then moves as the market does.
  package static let fewestForBeta = 20
  /// The smallest deviation that a score is measured in: a share that hardly moved would make any move look vast.
  package static let smallestDeviation = 0.01
  /// An event whose next close lies further away has no day.
  package static let mostDaysToClose = 7

  package var day: Day
  package var close: Price
  package var observations: Int
  package var beta: Double
  package var abnormalReturn: Double
  package var score: Double

  /// - Parameters:
  ///   - prices: by day.
  ///   - index: by day.
  /// - Returns: nil where the event's day, the day before it, or the index for both is not on file.
  package init?(event: Instant, prices: [PriceRow], index: [IndexRow]) {
    let first = TradingClock.firstDay(toKnow: event)
    guard let place = prices.firstIndex(where: { $0.day >= first }), place > 0,
      prices[place].day - first <= Self.mostDaysToClose
    else { return nil }
    let closes = Dictionary(index.map { ($0.day, $0.close) }, uniquingKeysWith: { first, _ in first })
    let pairs = DailyReturns.pairs(Array(prices[...place]), closes)
    guard let onDay = pairs.last, onDay.day == prices[place].day else { return nil }
    let window = pairs.dropLast()
    let slope =
      window.count < Self.fewestForBeta ? nil : Statistics.slope(window.map { (x: $0.market, y: $0.instrument) })
    let beta = slope ?? 1
    let before = window.map { $0.instrument - beta * $0.market }
    day = onDay.day
    close = prices[place].close
    observations = window.count
    self.beta = beta
    abnormalReturn = onDay.instrument - beta * onDay.market
    score = abnormalReturn / max(Self.smallestDeviation, Statistics.standardDeviation(before) ?? 0)
  }
}

/// What an instrument and the market did from one close to the next.
package enum DailyReturns {
  package struct Pair: Sendable, Equatable {
    package var day: Day
    package var instrument: Double
    package var market: Double
  }

  /// Days that either lacks, now or before, are left out.
  package static func pairs(_ prices: [PriceRow], _ index: [Day: Price]) -> [Pair] {
    zip(prices, prices.dropFirst()).compactMap { before, now in
      guard let old = index[before.day], let new = index[now.day], let market = change(old, new),
        let instrument = change(before.close, now.close)
      else { return nil }
      return Pair(day: now.day, instrument: instrument, market: market)
    }
  }

  package static func of(_ prices: [PriceRow]) -> [Double] {
    zip(prices, prices.dropFirst()).compactMap { change($0.close, $1.close) }
  }

  private static func change(_ old: Price, _ new: Price) -> Double? {
    old.tenThousandths > 0 ? new.value / old.value - 1 : nil
  }
}
