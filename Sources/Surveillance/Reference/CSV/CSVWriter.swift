/// Writes comma separated values: quotes where they are needed, and lines that end with a line feed.
package struct CSVWriter: Sendable {
  var bytes: [UInt8] = []
  private var isLineStart = true

  mutating func field(_ text: String) {
    separate()
    let utf8 = text.utf8
    guard utf8.contains(where: { $0 == .comma || $0 == .quote || $0 == .lineFeed || $0 == .carriageReturn }) else {
      bytes.append(contentsOf: utf8)
      return
    }
    bytes.append(.quote)
    for byte in utf8 {
      if byte == .quote { bytes.append(.quote) }
      bytes.append(byte)
    }
    bytes.append(.quote)
  }

  mutating func field(_ number: Int) { field(String(number)) }
  mutating func field(_ flag: Bool) { field(flag ? "1" : "0") }
  mutating func field(_ list: [String]) { field(list.joined(separator: ContractRow.listSeparator)) }
  mutating func field(_ choice: some RawRepresentable<String>) { field(choice.rawValue) }

  mutating func field(_ day: Day) {
    separate()
    append(day)
  }

  mutating func field(_ instant: Instant) {
    separate()
    append(instant.day)
    let rest = instant.millisecondsOfDay
    append(UInt8(ascii: "T"), rest / Instant.perHour, width: 2)
    append(UInt8(ascii: ":"), rest / Instant.perMinute % 60, width: 2)
    append(UInt8(ascii: ":"), rest / Instant.perSecond % 60, width: 2)
    append(UInt8(ascii: "."), rest % Instant.perSecond, width: 3)
    bytes.append(UInt8(ascii: "Z"))
  }

  /// Without marks between thousands, with two to four decimals.
  mutating func field(_ price: Price) {
    let magnitude = Int(price.tenThousandths.magnitude)
    field((price.tenThousandths < 0 ? "-" : "") + String(magnitude / Price.perUnit))
    let fraction = magnitude % Price.perUnit
    let isWhole = fraction % 100 == 0
    append(UInt8(ascii: "."), isWhole ? fraction / 100 : fraction, width: isWhole ? 2 : 4)
  }

  mutating func endRow() {
    bytes.append(.lineFeed)
    isLineStart = true
  }

  private mutating func separate() {
    if !isLineStart { bytes.append(.comma) }
    isLineStart = false
  }

  private mutating func append(_ day: Day) {
    let (year, month, dayOfMonth) = day.parts
    bytes.append(contentsOf: Digits.padded(year, 4).utf8)
    append(UInt8(ascii: "-"), month, width: 2)
    append(UInt8(ascii: "-"), dayOfMonth, width: 2)
  }

  private mutating func append(_ mark: UInt8, _ number: Int, width: Int) {
    bytes.append(mark)
    var divisor = 1
    for _ in 1..<width { divisor *= 10 }
    while divisor > 0 {
      bytes.append(UInt8(ascii: "0") + UInt8(number / divisor % 10))
      divisor /= 10
    }
  }
}
