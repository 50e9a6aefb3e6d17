/// Numbers as JavaScript writes them (ECMA-262, Number::toString), which RFC 8785 asks for.
enum CanonicalNumber {
  /// Of a finite number.
  static func text(of number: Double) -> [UInt8] {
    guard number != 0 else { return [ASCII.zero] }
    let (digits, point) = decimal(number.magnitude)
    return (number < 0 ? [ASCII.minus] : []) + text(digits, point: point)
  }

  /// The shortest digits that read as this number, and before which of them the point stands: 0.d1d2… times ten to that power.
  private static func decimal(_ number: Double) -> (digits: [UInt8], point: Int) {
    // Swift, too, writes the shortest digits, but sets the point elsewhere.
    let parts = number.description.utf8.split(separator: ASCII.e)
    let mantissa = parts[0]
    let exponent = parts.count > 1 ? Int(String(Substring(parts[1]))) ?? 0 : 0
    let whole = mantissa.prefix { $0 != ASCII.point }
    var digits = Array(mantissa.filter { $0 != ASCII.point })
    var point = whole.count + exponent
    let zeros = digits.prefix { $0 == ASCII.zero }.count
    digits.removeFirst(zeros)
    point -= zeros
    while digits.last == ASCII.zero { digits.removeLast() }
    return (digits, point)
  }

  private static func text(_ digits: [UInt8], point: Int) -> [UInt8] {
    let count = digits.count
    switch point {
    case count...21 where count <= 21: return digits + zeros(point - count)
    case 1...21: return digits[..<point] + [ASCII.point] + digits[point...]
    case -5...0: return [ASCII.zero, ASCII.point] + zeros(-point) + digits
    default:
      let fraction = count > 1 ? [ASCII.point] + digits[1...] : []
      let exponent = point - 1
      return digits[..<1] + fraction + Array("e\(exponent < 0 ? "-" : "+")\(exponent.magnitude)".utf8)
    }
  }

  private static func zeros(_ count: Int) -> [UInt8] { Array(repeating: ASCII.zero, count: count) }
}
