/// What the paid calls of one task may cost, and what they have cost so far: in millionths of a US dollar, as whole numbers, so that a
/// million small calls come to what they cost.
package struct CostBudget: Sendable, Equatable {
  /// What is to be told, each once.
  package enum Notice: Sendable, Equatable {
    /// Four fifths are used.
    case warning
    /// Everything is.
    case exceeded
  }

  /// Of one US dollar.
  package static let millionths = 1_000_000
  /// So much that ten thousand times as much is still a number.
  private static let most = 1 << 49

  /// Nil: nothing is too much.
  package let limit: Int?
  package private(set) var cost = 0
  /// Nothing more may be bought. That stays so: what was told is not taken back.
  package private(set) var isExceeded = false
  private var hasWarned = false

  /// - Parameter limit: nil, and none above 0: there is no limit.
  package init(limit: Int?) {
    self.limit = limit.flatMap { $0 > 0 ? min($0, Self.most) : nil }
  }

  package var remaining: Int? { limit.map { max(0, $0 - cost) } }

  /// In percent, cut off behind the second decimal: 100 means that nothing is left.
  package var usage: Double? { limit.map { Double(cost * 10_000 / $0) / 100 } }

  /// - Parameter cost: below zero what had been estimated too high.
  package mutating func book(_ cost: Int) -> [Notice] {
    let (sum, isTooLarge) = self.cost.addingReportingOverflow(cost)
    self.cost = isTooLarge ? (cost > 0 ? Self.most : 0) : min(max(0, sum), Self.most)
    guard let limit else { return [] }
    var notices: [Notice] = []
    if !hasWarned, self.cost >= limit - limit / 5 {
      hasWarned = true
      notices.append(.warning)
    }
    if !isExceeded, self.cost >= limit {
      isExceeded = true
      notices.append(.exceeded)
    }
    return notices
  }

  // MARK: As it is told

  /// As JSON has it.
  package static func dollars(_ millionths: Int) -> Double { Double(millionths) / Double(Self.millionths) }

  /// As people read it: at least two decimals, and no more than it takes.
  package static func text(_ millionths: Int) -> String {
    var decimals = String(Self.millionths + millionths % Self.millionths).dropFirst()
    while decimals.count > 2, decimals.last == "0" { decimals.removeLast() }
    return "\(millionths / Self.millionths).\(decimals)"
  }
}
