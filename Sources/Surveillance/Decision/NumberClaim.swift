/// Something countable that a text says.
enum NumberClaim: Equatable {
  /// - digits: so many decimals were written. scales: what it may be counted in, such as millions.
  case number(Double, digits: Int, isNegative: Bool, isPercent: Bool, scales: [Double])
  case day(Day)
  case dayOfYear(month: Int, day: Int)
  case month(year: Int, month: Int)
  /// Milliseconds of the day, and what one step of it is.
  case time(Int, precision: Int)
  /// Letters and digits in one word.
  case id
  /// Digits that are not 0 to 9, or in no order that is known.
  case strange

  static func plain(_ value: Double) -> NumberClaim {
    .number(value, digits: 0, isNegative: false, isPercent: false, scales: [1])
  }

  /// What one word says by itself.
  init(word: String) {
    let ascii = Array(word.utf8)
    if let day = Day(word) {
      self = .day(day)
    } else if let time = Self.time(ascii) {
      self = time
    } else if let number = Self.number(word) {
      self = number
    } else {
      self = word.contains(where: \.isLetter) ? .id : .strange
    }
  }

  /// `9:30`, `09:30:05`, `09:30:05.250Z`.
  private static func time(_ ascii: [UInt8]) -> NumberClaim? {
    guard let colon = ascii.firstIndex(of: UInt8(ascii: ":")), (1...2).contains(colon) else { return nil }
    var text = ascii.last == UInt8(ascii: "Z") ? Array(ascii.dropLast()) : ascii
    if colon == 1 { text.insert(UInt8(ascii: "0"), at: 0) }
    let precision = text.count == 5 ? Instant.perMinute : text.count == 8 ? Instant.perSecond : 1
    if text.count == 5 { text += Array(":00".utf8) }
    guard let time = TimeOfDay(ascii: text[...]) else { return nil }
    return .time(time.milliseconds, precision: precision)
  }

  /// `-1,234.50`, and with a unit close behind it: `47%`, `37x`, `18-hour`, `1.2m`, `5th`.
  private static func number(_ word: String) -> NumberClaim? {
    var rest = word[...]
    var isNegative = false
    if let first = rest.first, "-−+".contains(first) {
      isNegative = first != "+"
      rest = rest.dropFirst()
    }
    let figure = rest.prefix { ("0"..."9").contains($0) || $0 == "," || $0 == "." }
    guard let (value, digits) = value(String(figure)) else { return nil }
    let unit = String(rest[figure.endIndex...])
    guard let scales = scales(unit) else { return nil }
    return .number(value, digits: digits, isNegative: isNegative, isPercent: unit == "%", scales: scales)
  }

  /// Digits, with commas between groups of three or none, and perhaps decimals.
  private static func value(_ figure: String) -> (Double, digits: Int)? {
    let parts = figure.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, let whole = parts.first else { return nil }
    let groups = whole.split(separator: ",", omittingEmptySubsequences: false)
    let areGrouped =
      groups.count == 1 || ((1...3).contains(groups[0].count) && groups.dropFirst().allSatisfy { $0.count == 3 })
    let fraction = parts.count == 2 ? parts[1] : ""
    guard areGrouped, !fraction.contains(","), parts.count == 1 || !fraction.isEmpty,
      let value = Double(groups.joined() + (fraction.isEmpty ? "" : ".\(fraction)")), whole.count <= 24
    else { return nil }
    return (value, fraction.count)
  }

  /// Nil for what is no unit: then the word is a name.
  private static func scales(_ unit: String) -> [Double]? {
    if let scale = unitScales[unit] { return scale }
    let word = unit.dropFirst()
    return unit.first == "-" && !word.isEmpty && word.allSatisfy { ("a"..."z").contains($0) } ? [1] : nil
  }

  private static let unitScales: [String: [Double]] = [
    "": [1], "%": [1], "x": [1], "×": [1], "ms": [1], "s": [1], "min": [1], "h": [1], "d": [1], "bp": [1], "bps": [1],
    "st": [1], "nd": [1], "rd": [1], "th": [1], "k": [1e3], "m": [1, 1e6], "mn": [1e6], "bn": [1e9],
  ]
}
