/// The kinds of values that columns hold.
extension ContractRow {
  static let longestIdentifier = 64
  /// So large that no real one is refused, and so small that a quantity times a price can be counted.
  static let largestQuantity = 500_000_000
  static let largestPrice = Price(tenThousandths: 1_000_000 * Price.perUnit)
  /// Of a day or of all together: a million of them can be added up.
  static let largestVolume = 1_000_000_000_000

  mutating func identifier() throws(ReferenceError) -> String {
    String(decoding: try identifierBytes(), as: UTF8.self)
  }

  mutating func identifierBytes() throws(ReferenceError) -> ArraySlice<UInt8> {
    let bytes = try optionalIdentifierBytes()
    guard !bytes.isEmpty else { throw wrong("The field is empty.", "Every row needs one.") }
    return bytes
  }

  mutating func optionalIdentifier() throws(ReferenceError) -> String {
    String(decoding: try optionalIdentifierBytes(), as: UTF8.self)
  }

  mutating func optionalIdentifierBytes() throws(ReferenceError) -> ArraySlice<UInt8> {
    let bytes = next()
    try checkIdentifier(bytes)
    return bytes
  }

  private func checkIdentifier(_ bytes: ArraySlice<UInt8>) throws(ReferenceError) {
    guard bytes.count <= Self.longestIdentifier else {
      throw wrong(
        "\(ReferenceError.shown(bytes)) has \(bytes.count) characters.",
        "Ids and symbols have at most \(Self.longestIdentifier).")
    }
    for byte in bytes where !byte.isIdentifier {
      throw wrong(
        "\(ReferenceError.shown(bytes)) has a character that ids and symbols must not have.",
        "Use printable ASCII without spaces, commas, semicolons and quotes.")
    }
  }

  mutating func text() throws(ReferenceError) -> String {
    let text = optionalText()
    guard !text.isEmpty else { throw wrong("The field is empty.", "Every row needs one.") }
    return text
  }

  mutating func optionalText() -> String { String(decoding: next(), as: UTF8.self) }

  /// Texts with a semicolon between them; an empty field is an empty list.
  mutating func list() throws(ReferenceError) -> [String] {
    let bytes = next()
    guard !bytes.isEmpty else { return [] }
    let parts = bytes.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
    guard parts.allSatisfy({ !$0.isEmpty && $0.first != .space && $0.last != .space }) else {
      throw wrong(
        "\(ReferenceError.shown(bytes)) is no list.", "Put one semicolon between two entries, and no spaces around it.")
    }
    return parts.map { String(decoding: $0, as: UTF8.self) }
  }

  mutating func symbols() throws(ReferenceError) -> [String] {
    let symbols = try list()
    for symbol in symbols {
      try checkIdentifier(Array(symbol.utf8)[...])
      note(symbol, .instrument)
    }
    return symbols
  }

  mutating func day() throws(ReferenceError) -> Day {
    let bytes = next()
    guard let day = Day(ascii: bytes) else {
      throw wrong("\(ReferenceError.shown(bytes)) is no day of the calendar.", "Write it as 2026-03-02.")
    }
    return day
  }

  /// A day that does not come before another of the same row.
  mutating func day(from first: Day, _ name: String) throws(ReferenceError) -> Day {
    let day = try day()
    guard first <= day else {
      throw wrong("\(day) comes before \(first), which is the row's \(name).", "Correct one of the two.")
    }
    return day
  }

  mutating func instant() throws(ReferenceError) -> Instant {
    let bytes = next()
    guard let instant = Instant(ascii: bytes) else {
      throw wrong("\(ReferenceError.shown(bytes)) is no time.", "Write it as 2026-03-02T09:30:00.250Z.")
    }
    return instant
  }

  mutating func price() throws(ReferenceError) -> Price {
    let bytes = next()
    guard let price = Price(plain: bytes) else {
      throw wrong(
        "\(ReferenceError.shown(bytes)) is no price.", "Write digits with at most four decimals, such as 1234.5.")
    }
    guard price > Price(tenThousandths: 0), price <= Self.largestPrice else {
      throw wrong(
        "\(ReferenceError.shown(bytes)) is out of range.", "Prices are more than 0 and at most \(Self.largestPrice).")
    }
    return price
  }

  mutating func quantity() throws(ReferenceError) -> Int { try integer(in: 1...Self.largestQuantity) }
  mutating func volume() throws(ReferenceError) -> Int { try integer(in: 0...Self.largestVolume) }

  mutating func integer(in range: ClosedRange<Int>) throws(ReferenceError) -> Int {
    let bytes = next()
    // Numbers that have too many digits to be counted are out of range, and not something else than numbers.
    let isNumber = !bytes.isEmpty && bytes.allSatisfy { $0.isDigit }
    guard isNumber else {
      throw wrong("\(ReferenceError.shown(bytes)) is no whole number.", "Write digits alone, such as 1200.")
    }
    guard let number = Digits.number(bytes), range.contains(number) else {
      throw wrong(
        "\(ReferenceError.shown(bytes)) is out of range.",
        "The number is at least \(Digits.grouped(range.lowerBound)) and at most \(Digits.grouped(range.upperBound)).")
    }
    return number
  }

  mutating func flag() throws(ReferenceError) -> Bool {
    let bytes = next()
    guard bytes.count == 1, bytes.first == UInt8(ascii: "0") || bytes.first == UInt8(ascii: "1") else {
      throw wrong("\(ReferenceError.shown(bytes)) is neither 0 nor 1.", "Write 1 for yes and 0 for no.")
    }
    return bytes.first == UInt8(ascii: "1")
  }

  mutating func direction() throws(ReferenceError) -> Int {
    let bytes = next()
    switch String(decoding: bytes, as: UTF8.self) {
    case "+1", "1": return 1
    case "0": return 0
    case "-1": return -1
    default:
      throw wrong(
        "\(ReferenceError.shown(bytes)) is no direction.",
        "Write +1 for good news, -1 for bad news and 0 for neither.")
    }
  }

  mutating func choice<Choice: CaseIterable & RawRepresentable<String>>(
    _: Choice.Type = Choice.self
  ) throws(ReferenceError) -> Choice {
    let bytes = next()
    for choice in Choice.allCases where bytes.elementsEqual(choice.rawValue.utf8) { return choice }
    let choices = Choice.allCases.map(\.rawValue)
    throw wrong(
      "\(ReferenceError.shown(bytes)) is not known here.",
      "Write \(choices.dropLast().joined(separator: ", ")) or \(choices.last ?? ""), with these letters.")
  }
}

extension Price {
  /// Reads `1234.5`: no sign, no marks between thousands, at most four decimals.
  init?(plain ascii: ArraySlice<UInt8>) {
    var value = 0
    var decimals: Int?
    guard ascii.count <= 16, ascii.first?.isDigit == true, ascii.last?.isDigit == true else { return nil }
    for byte in ascii {
      if byte == UInt8(ascii: "."), decimals == nil {
        decimals = 0
      } else {
        guard byte.isDigit, decimals ?? 0 < 4 else { return nil }
        value = value * 10 + Int(byte - UInt8(ascii: "0"))
        decimals = decimals.map { $0 + 1 }
      }
    }
    // At most sixteen digits, and four more where there is no point.
    let (scaled, isTooLarge) = value.multipliedReportingOverflow(by: [10_000, 1_000, 100, 10, 1][decimals ?? 0])
    guard !isTooLarge else { return nil }
    self.init(tenThousandths: scaled)
  }
}

extension UInt8 {
  fileprivate static let space = UInt8(ascii: " ")

  fileprivate var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }

  fileprivate var isIdentifier: Bool {
    self > 0x20 && self < 0x7F && self != .comma && self != .quote && self != UInt8(ascii: ";")
  }
}
