/// The market's index. It is the same in every world, whatever the seed, so that a scenario gets the same scores in all of them.
enum WorldIndex {
  /// Returns are counted in hundred-thousandths.
  static let whole = 100_000

  static let returns: [Int] = {
    var random = SplitMix64(seed: 2_026, for: "index")
    return WorldCalendar.days.map { _ in 20 + random.around(1_100) }
  }()

  static let rows: [IndexRow] = {
    var close = 412_350
    return zip(WorldCalendar.days, returns).map { day, change in
      close = grow(close, by: change)
      return IndexRow(day: day, close: Price(tenThousandths: close * 100))
    }
  }()

  /// A price of so many hundredths after such a return, halves up.
  static func grow(_ price: Int, by change: Int) -> Int {
    max(1, (price * (whole + change) + whole / 2) / whole)
  }

  /// What a price was before such a return.
  static func shrink(_ price: Int, by change: Int) -> Int {
    max(1, (price * whole + (whole + change) / 2) / (whole + change))
  }
}
