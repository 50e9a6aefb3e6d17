/// Sums and products of quantities that stand at the largest number instead of overflowing.
enum Capped {
  static func sum(_ left: Int, _ right: Int) -> Int {
    let (sum, overflows) = left.addingReportingOverflow(right)
    return overflows ? (left < 0 ? .min : .max) : sum
  }

  static func difference(_ left: Int, _ right: Int) -> Int {
    let (difference, overflows) = left.subtractingReportingOverflow(right)
    return overflows ? (left < 0 ? .min : .max) : difference
  }

  static func sum(_ left: Money, _ right: Money) -> Money { Money(minor: sum(left.minor, right.minor)) }

  /// A rounded number as one that can be counted; what is no number is 0.
  static func integer(_ number: Double) -> Int {
    guard !number.isNaN else { return 0 }
    return Int(exactly: number.rounded(.toNearestOrAwayFromZero)) ?? (number < 0 ? .min : .max)
  }
}
