extension JSONValue {
  /// The number as it is written, or nil when the value is no number. Nothing is lost: 1e400 and 0.10 stay what they are.
  package var numberText: String? {
    node.kind == .number ? description : nil
  }

  /// The number when it is a whole one in the range of `Int64`, however it is written (`100`, `100.0` and `1e2` are
  /// one number); nil for every other number and every other kind. It never rounds.
  package var int: Int64? {
    guard let decimal, let magnitude = decimal.magnitude else { return nil }
    guard decimal.isNegative else { return Int64(exactly: magnitude) }
    return magnitude == Int64.min.magnitude ? .min : Int64(exactly: magnitude).map { -$0 }
  }

  /// The same in the range of `UInt64`; `-0` is 0.
  package var uint: UInt64? {
    guard let decimal, let magnitude = decimal.magnitude, !decimal.isNegative || magnitude == 0 else { return nil }
    return magnitude
  }

  /// The nearest `Double`; nil when the number is too large for one (1e400), and for every other kind.
  package var double: Double? {
    guard let decimal else { return nil }
    if let significand = decimal.significand, significand <= Self.exactSignificands,
      let power = Self.exactPower(decimal.exponent.magnitude)
    {
      // Both operands are exact, so the one rounding of the operation is the right one.
      let magnitude = decimal.exponent < 0 ? Double(significand) / power : Double(significand) * power
      return decimal.isNegative ? -magnitude : magnitude
    }
    guard let nearest = Double(description), nearest.isFinite else { return nil }
    return nearest
  }

  private var decimal: JSONDecimal? {
    let node = node
    guard node.kind == .number else { return nil }
    let text = document.bytes
    return JSONDecimal(text.span, in: Int(node.start)..<Int(node.end))
  }

  /// Every whole number up to 2^53 is a `Double`, and so is every power of ten up to 10^22.
  private static let exactSignificands: UInt64 = 1 << 53

  private static func exactPower(_ exponent: UInt) -> Double? {
    guard exponent <= 22 else { return nil }
    return (0..<exponent).reduce(1.0) { power, _ in power * 10 }
  }
}
