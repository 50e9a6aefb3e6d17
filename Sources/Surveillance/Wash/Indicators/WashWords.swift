/// Spans and counts as people say them.
enum WashWords {
  static func span(_ milliseconds: Int) -> String {
    switch milliseconds {
    case 1..<1_000: count(milliseconds, "millisecond", "milliseconds")
    case ..<(2 * Instant.perMinute): seconds(milliseconds)
    case ..<(2 * Instant.perHour):
      "\(Decimals.text(Double(milliseconds) / Double(Instant.perMinute), digits: 0)) minutes"
    default: "\(Decimals.text(Double(milliseconds) / Double(Instant.perHour), digits: 1)) hours"
    }
  }

  /// 0 seconds, 1 second, 4.8 seconds, 5 seconds.
  private static func seconds(_ milliseconds: Int) -> String {
    let text = Decimals.text(Double(milliseconds) / 1_000, digits: 1)
    let number = text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    return number == "1" ? "1 second" : "\(number) seconds"
  }

  static func count(_ number: Int, _ one: String, _ many: String) -> String {
    "\(Digits.grouped(number)) \(number == 1 ? one : many)"
  }

  /// `A, B and C`; of many the first three and how many more.
  static func list(_ names: [String]) -> String {
    guard names.count > 1 else { return names.first ?? "" }
    if names.count > 4 { return names.prefix(3).joined(separator: ", ") + " and \(names.count - 3) more" }
    return names.dropLast().joined(separator: ", ") + " and " + (names.last ?? "")
  }
}
