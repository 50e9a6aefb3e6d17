/// The first number in what an alert says of itself: `36 hours before the announcement`, `$750,000`, `706%`, `$15.2 Billion`.
struct ClaimedAmount: Equatable {
  var value: Double
  /// The word behind it, in small letters; `%` too.
  var unit: String

  init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard let start = bytes.firstIndex(where: Self.isDigit) else { return nil }
    var end = start
    while end < bytes.count, Self.continues(bytes, at: end) { end += 1 }
    let digits = String(decoding: bytes[start..<end], as: UTF8.self)
    guard case .value(let scaled) = AlertNumber.read(digits, decimals: Self.decimals) else { return nil }
    let sign = bytes[..<start].last { $0 != UInt8(ascii: "$") && $0 != XMLBytes.space }
    let isNegative = sign == UInt8(ascii: "-")
    var rest = bytes[end...].drop { $0 == XMLBytes.space || $0 == UInt8(ascii: "-") }
    if rest.first == UInt8(ascii: "%") {
      unit = "%"
    } else {
      rest = rest.prefix { ($0 | 0x20) >= UInt8(ascii: "a") && ($0 | 0x20) <= UInt8(ascii: "z") }
      unit = String(decoding: rest, as: UTF8.self).lowercased()
    }
    value = Double(scaled) / 10_000 * (isNegative ? -1 : 1) * (Self.multipliers[unit] ?? 1)
  }

  private static let decimals = 4

  /// As a span of time in milliseconds.
  var milliseconds: Double? { Self.spans[unit].map { value * Double($0) } }

  private static let multipliers: [String: Double] = [
    "k": 1e3, "thousand": 1e3, "million": 1e6, "mn": 1e6, "mio": 1e6, "billion": 1e9, "bn": 1e9,
  ]
  private static let spans: [String: Int] = [
    "ms": 1, "millisecond": 1, "milliseconds": 1, "s": Instant.perSecond, "sec": Instant.perSecond,
    "second": Instant.perSecond, "seconds": Instant.perSecond, "min": Instant.perMinute, "minute": Instant.perMinute,
    "minutes": Instant.perMinute, "h": Instant.perHour, "hour": Instant.perHour, "hours": Instant.perHour,
    "day": Instant.perDay, "days": Instant.perDay,
  ]

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

  /// Commas and points belong to the number where digits follow them.
  private static func continues(_ bytes: [UInt8], at index: Int) -> Bool {
    if isDigit(bytes[index]) { return true }
    guard bytes[index] == UInt8(ascii: ",") || bytes[index] == UInt8(ascii: ".") else { return false }
    return index + 1 < bytes.count && isDigit(bytes[index + 1])
  }
}
