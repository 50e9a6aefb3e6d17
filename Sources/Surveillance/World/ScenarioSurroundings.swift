extension Scenario {
  /// What several scenarios share: other people's desks that trade the same symbols, and symbols in which nothing happens.
  static let surroundings: ReferenceTables = {
    var rows = ScenarioRows("SUR")
    for number in 1...6 {
      rows.person(990 + number, "Desk \(number) of Halvering", role: "dealer", department: "Execution", access: .low)
    }
    for (symbol, sector) in quiet {
      rows.symbol(symbol, sector, on: Day(year: 2026, month: 9, day: 1), price: 30_00, volume: 600_000)
    }
    return rows.tables
  }()

  private static let quiet = [("QUTILA", "Utilities"), ("QUMATA", "Materials"), ("QUTELA", "Telecom")]

  /// The close of a symbol in which nothing happens.
  static func quietClose(_ symbol: String, _ day: Day) -> Int {
    surroundings.prices.first { $0.symbol == symbol && $0.day == day }?.close.cents ?? 0
  }
}
