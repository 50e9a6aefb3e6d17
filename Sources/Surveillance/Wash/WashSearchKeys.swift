/// The figures of the policy that say what is looked for in trades, and how long.
enum WashSearchKey {
  static let window = PolicyKey("wash.match.seconds", 3_600, in: 0...86_400, "Matches lie at most so far apart.")
  static let longWindow = PolicyKey(
    "wash.match.long_seconds", 86_400, in: 0...604_800, "Flagged trades are paired over at most this span.")
  static let priceTolerance = PolicyKey(
    "wash.match.price", 20, in: 0...1_000, "Matches differ by so many basis points.")
  static let overlap = PolicyKey("wash.match.overlap", 0.5, in: 0...1, "The smaller has this share of the larger.")
  static let sameTrade = PolicyKey(
    "wash.match.same_trade_seconds", 60, in: 0...3_600, "Two rows that name each other are one trade within this span.")
  static let sameRow = PolicyKey(
    "wash.match.same_row_seconds", 1, in: 0...3_600, "A flagged trade and its row in the record differ by at most this."
  )
  static let cycleLength = PolicyKey("wash.cycle.length", 6, in: 1...10, "Cycles have at most so many trades.")
  static let cycleQuantity = PolicyKey("wash.cycle.quantity", 0.01, in: 0...1, "Their quantities differ by this share.")
  static let cycleSpan = PolicyKey("wash.cycle.seconds", 86_400, in: 0...604_800, "They take at most so long.")
  static let netChange = PolicyKey(
    "wash.group.net", 0.01, in: 0...1, "A group's positions change by this share of its mean trade at most.")
  static let steps = PolicyKey("wash.search.steps", 200_000, in: 1...1e8, "A search looks at so many trades, no more.")
  static let stepsPerStart = PolicyKey(
    "wash.search.steps_per_trade", 2_000, in: 1...1e8, "So many of them behind one and the same first trade.")
  static let results = PolicyKey("wash.search.results", 500, in: 1...1e6, "A search gives so many results, no more.")
  static let retries = PolicyKey("wash.search.retries", 1_000, in: 0...1e6, "A group is tried so often, no more.")
  static let historyDays = PolicyKey("wash.history.days", 30, in: 1...365, "So many days before are looked at.")
  static let groupGap = PolicyKey(
    "wash.history.group_seconds", 300, in: 0...86_400, "Matches less far apart belong to one group.")
  static let instructionDays = PolicyKey(
    "wash.instruction.days", 5, in: 0...365, "Instructions are given at most so many days before.")
  static let degree = PolicyKey("wash.owners.degree", 2, in: 0...10, "Owners are related up to this degree.")
  static let accounts = PolicyKey(
    "wash.owners.accounts", 50, in: 1...10_000, "So many accounts of owners are looked at.")
  static let prearranged = PolicyKey(
    "wash.timing.prearranged", 0.8, in: 0...1, "Trades that agree to this share look arranged beforehand.")

  static let all = [
    window, longWindow, priceTolerance, overlap, sameTrade, sameRow, cycleLength, cycleQuantity, cycleSpan, netChange,
    steps, stepsPerStart, results, retries, historyDays, groupGap, instructionDays, degree, accounts, prearranged,
  ]
}

extension Policy {
  /// A span that the policy has in seconds.
  func milliseconds(_ key: PolicyKey) -> Int { Int(self[key] * Double(Instant.perSecond)) }
  func count(_ key: PolicyKey) -> Int { Int(self[key]) }
}
