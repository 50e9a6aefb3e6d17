/// A number as alerts write it: `50000`, `50,000`, `$750,000.00`, `706%`, `101.50 USD`.
enum AlertNumber: Equatable {
  /// In units of the wanted decimals.
  case value(Int)
  /// It has more decimals than may be.
  case fraction
  case tooLarge
  case none

  /// Beyond this no sum of a file's numbers may run over.
  static let largestDigits = 15

  /// - Parameter isExact: whether decimals behind the wanted ones are refused; otherwise they are rounded, halves away from zero.
  static func read(_ text: String, decimals: Int, isExact: Bool = false) -> AlertNumber {
    guard let (isNegative, whole, fraction) = split(text) else { return .none }
    let rest = fraction.dropFirst(decimals)
    if isExact, rest.contains(where: { $0 != zero }) { return .fraction }
    let kept = fraction.prefix(decimals)
    let digits = whole.drop { $0 == zero } + kept + repeatElement(zero, count: decimals - kept.count)
    guard digits.count <= largestDigits + decimals, digits.count <= 18 else { return .tooLarge }
    let magnitude = digits.isEmpty ? 0 : Digits.number(digits[...]) ?? 0
    let rounded = magnitude + ((rest.first ?? zero) >= zero + 5 ? 1 : 0)
    return .value(isNegative ? -rounded : rounded)
  }

  private static let zero = UInt8(ascii: "0")
  private static let comma = UInt8(ascii: ",")

  private static func split(_ text: String) -> (isNegative: Bool, whole: [UInt8], fraction: ArraySlice<UInt8>)? {
    var rest = Array(text.utf8)[...]
    trim(&rest)
    dropCurrency(&rest)
    // `-$5` and `$-5` are both in use.
    dropDollar(&rest)
    var isNegative = false
    if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
      isNegative = sign == UInt8(ascii: "-")
      rest = rest.dropFirst()
      dropDollar(&rest)
    }
    if rest.last == UInt8(ascii: "%") { rest = rest.dropLast() }
    trim(&rest)
    let parts = rest.split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
    guard let grouped = parts.first, let whole = ungrouped(grouped) else { return nil }
    let fraction = parts.count == 2 ? parts[1] : []
    let isNumber = fraction.allSatisfy(isDigit) && !(whole.isEmpty && fraction.isEmpty)
    return isNumber && (parts.count == 1 || !fraction.isEmpty) ? (isNegative, whole, fraction) : nil
  }

  /// Without its commas. They stand between groups of three, or it is another way of writing, whose commas mean something else.
  private static func ungrouped(_ digits: ArraySlice<UInt8>) -> [UInt8]? {
    let groups = digits.split(separator: comma, omittingEmptySubsequences: false)
    guard groups.allSatisfy({ $0.allSatisfy(isDigit) }) else { return nil }
    if groups.count > 1 {
      guard (1...3).contains(groups[0].count), groups.dropFirst().allSatisfy({ $0.count == 3 }) else { return nil }
    }
    return Array(groups.joined())
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= zero && byte <= zero + 9 }

  private static func trim(_ bytes: inout ArraySlice<UInt8>) {
    bytes = bytes.drop(while: XMLBytes.isSpace)
    while let last = bytes.last, XMLBytes.isSpace(last) { bytes.removeLast() }
  }

  private static func dropDollar(_ bytes: inout ArraySlice<UInt8>) {
    if bytes.first == UInt8(ascii: "$") { bytes = bytes.dropFirst() }
  }

  /// A currency's three letters, before or behind.
  private static func dropCurrency(_ bytes: inout ArraySlice<UInt8>) {
    func isCode(_ letters: ArraySlice<UInt8>) -> Bool {
      letters.count == 3 && letters.allSatisfy { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
    }
    if isCode(bytes.prefix(3)) {
      bytes = bytes.dropFirst(3)
    } else if isCode(bytes.suffix(3)) {
      bytes = bytes.dropLast(3)
    }
    trim(&bytes)
  }
}
