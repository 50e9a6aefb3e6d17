/// A number's text as sign × significand × 10^exponent, exactly.
struct JSONDecimal {
  let isNegative: Bool

  /// All significant digits without trailing zeros, or nil when they do not fit.
  let significand: UInt64?

  /// The power of ten. Exponents in the text beyond ±10^9 count as that: more zeros than a text can have digits.
  let exponent: Int

  /// Takes a text the parser has accepted.
  init(_ text: Span<UInt8>, in range: Range<Int>) {
    var significand: UInt64? = 0
    var trailingZeros = 0
    var fractionDigits = 0
    var isFraction = false
    var writtenExponent = 0
    scan: for index in range {
      switch text[index] {
      case ASCII.minus:
        continue
      case ASCII.point:
        isFraction = true
      case ASCII.e, ASCII.upperE:
        writtenExponent = Self.exponent(text, in: index + 1..<range.upperBound)
        break scan
      case let digit:
        if isFraction { fractionDigits += 1 }
        if digit == ASCII.zero {
          trailingZeros += 1
        } else {
          significand = Self.append(digit &- ASCII.zero, behind: trailingZeros, to: significand)
          trailingZeros = 0
        }
      }
    }
    isNegative = text[range.lowerBound] == ASCII.minus
    self.significand = significand
    exponent = significand == 0 ? 0 : writtenExponent - fractionDigits + trailingZeros
  }

  /// The significand with so many zeros and then the digit behind it.
  private static func append(_ digit: UInt8, behind zeros: Int, to significand: UInt64?) -> UInt64? {
    guard var result = significand else { return nil }
    if result == 0 { return UInt64(digit) }
    for _ in 0...zeros {
      let (product, overflow) = result.multipliedReportingOverflow(by: 10)
      guard !overflow else { return nil }
      result = product
    }
    let (sum, overflow) = result.addingReportingOverflow(UInt64(digit))
    return overflow ? nil : sum
  }

  private static func exponent(_ text: Span<UInt8>, in range: Range<Int>) -> Int {
    var exponent = 0
    for index in range where ASCII.isDigit(text[index]) && exponent < 1_000_000_000 {
      exponent = exponent * 10 + Int(text[index] &- ASCII.zero)
    }
    return text[range.lowerBound] == ASCII.minus ? -exponent : exponent
  }

  /// The number without its sign when it is a whole one that fits, or nil.
  var magnitude: UInt64? {
    guard let significand, exponent >= 0 else { return nil }
    guard exponent < Self.powersOfTen else { return significand == 0 ? 0 : nil }
    var result = significand
    for _ in 0..<exponent {
      let (product, overflow) = result.multipliedReportingOverflow(by: 10)
      guard !overflow else { return nil }
      result = product
    }
    return result
  }

  /// 10^19 is the last power of ten below 2^64.
  private static let powersOfTen = 20
}
