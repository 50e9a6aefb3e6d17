import Surveillance

/// What many trades come to.
struct TradeSums: Sendable {
  private(set) var count = 0
  private(set) var bought = 0
  private(set) var sold = 0
  private(set) var first: Instant?
  private(set) var last: Instant?
  private(set) var largest: TradeRow?
  /// How many there are of each instrument, and of each account.
  private(set) var bySymbol: [String: Int] = [:]
  private(set) var byAccount: [String: Int] = [:]

  /// In the order of their times.
  mutating func take(_ row: TradeRow) {
    count += 1
    if row.side == .buy { bought += row.quantity } else { sold += row.quantity }
    if first == nil { first = row.time }
    last = row.time
    if row.quantity > largest?.quantity ?? 0 { largest = row }
    bySymbol[row.symbol, default: 0] += 1
    byAccount[row.accountID, default: 0] += 1
  }

  /// The most frequent first, of equal ones in the order of the alphabet.
  static func ranking(_ counts: [String: Int]) -> [(key: String, value: Int)] {
    counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
  }
}
