/// How the price of one symbol goes: a part of the index, noise of its own, and jumps where something happens.
struct PricePath {
  var symbol: String
  /// The day on which the close is exactly `price`; the path is drawn from it to both sides.
  var anchor: Day
  /// In hundredths of the currency's unit.
  var price: Int
  /// How much of the index's return it takes, in hundredths.
  var beta = 100
  /// How far noise can move it in one day, in hundred-thousandths.
  var noise = 1_600
  /// How far the high and the low lie at least beyond the open and the close, in hundredths.
  var leastReach = 2
  /// Returns of single days beyond that of the index, in hundred-thousandths: no noise on these.
  var jumps: [Day: Int] = [:]
  /// Shares in a usual day.
  var volume: Int
  /// How far a day's volume strays from it, in percent.
  var volumeSpread = 10
  /// The volumes of single days.
  var volumes: [Day: Int] = [:]

  func rows(_ random: SplitMix64) -> [PriceRow] {
    var random = random
    let days = WorldCalendar.days
    let changes = zip(days, WorldIndex.returns).map { day, index in
      let own = random.around(noise)
      return index * beta / 100 + (jumps[day] ?? own)
    }
    let closes = closes(changes)
    return days.indices.map { place in
      let close = closes[place]
      // The night brings the most of a jump; of a usual day it brings half.
      let before = place == 0 ? close : closes[place - 1]
      let open = max(1, jumps[days[place]] == nil ? (before + close) / 2 : (before + 7 * close) / 8)
      let reach = max(leastReach, close * random.within(20...70) / 10_000)
      let usual = volume * (100 + random.within(-volumeSpread...volumeSpread)) / 100
      return PriceRow(
        symbol: symbol, day: days[place], open: .cents(open), high: .cents(max(open, close) + reach),
        low: .cents(max(1, min(open, close) - reach)), close: .cents(close),
        volume: volumes[days[place]] ?? max(1, usual))
    }
  }

  private func closes(_ changes: [Int]) -> [Int] {
    let start = WorldCalendar.place(of: anchor)
    var closes = Array(repeating: price, count: changes.count)
    for place in (start + 1)..<max(start + 1, closes.count) {
      closes[place] = WorldIndex.grow(closes[place - 1], by: changes[place])
    }
    for place in stride(from: start - 1, through: 0, by: -1) {
      closes[place] = WorldIndex.shrink(closes[place + 1], by: changes[place + 1])
    }
    return closes
  }
}

extension Price {
  /// All prices of the invented market are whole hundredths.
  static func cents(_ cents: Int) -> Price { Price(tenThousandths: cents * 100) }
  var cents: Int { tenThousandths / 100 }
}
