/// The three formats of HTTP dates, each as a pattern over fixed columns.
enum HTTPDateParser {
  /// In a pattern: `D` day, `b` month name, `Y` year, `h` `m` `s` time of day; a blank before a day may be one digit's place;
  /// everything else stands for itself.
  private static let fixdate = Array("DD bbb YYYY hh:mm:ss GMT".utf8)
  private static let rfc850 = Array("DD-bbb-YY hh:mm:ss GMT".utf8)
  private static let asctime = Array("bbb DD hh:mm:ss YYYY".utf8)

  static func parse(_ text: [UInt8]) -> Int64? {
    for (weekday, name) in HTTPDate.weekdays.enumerated() {
      let short = Array(name.utf8.prefix(3))
      if let rest = text.dropping(prefix: short + Array(", ".utf8)) {
        return match(rest, fixdate, weekday: weekday)
      }
      if let rest = text.dropping(prefix: Array(name.utf8) + Array(", ".utf8)) {
        return match(rest, rfc850, weekday: weekday)
      }
      if let rest = text.dropping(prefix: short + Array(" ".utf8)) {
        return match(rest, asctime, weekday: weekday)
      }
    }
    return nil
  }

  private static func match(_ text: ArraySlice<UInt8>, _ pattern: [UInt8], weekday: Int) -> Int64? {
    guard text.count == pattern.count else { return nil }
    var numbers: [UInt8: Int64] = [:]
    var monthName: [UInt8] = []
    for (byte, sign) in zip(text, pattern) {
      switch sign {
      case UInt8(ascii: "b"):
        monthName.append(byte)
      case UInt8(ascii: "D"), UInt8(ascii: "Y"), UInt8(ascii: "h"), UInt8(ascii: "m"), UInt8(ascii: "s"):
        let isPaddedDay = byte == ASCII.space && sign == UInt8(ascii: "D") && numbers[sign] == nil && pattern == asctime
        guard byte.isDigit || isPaddedDay else { return nil }
        numbers[sign] = (numbers[sign] ?? 0) * 10 + (isPaddedDay ? 0 : Int64(byte - ASCII.zero))
      default:
        guard byte == sign else { return nil }
      }
    }
    guard let month = HTTPDate.months.firstIndex(where: { Array($0.utf8) == monthName }) else { return nil }
    return seconds(numbers, month: Int64(month) + 1, weekday: weekday, hasShortYear: pattern == rfc850)
  }

  private static func seconds(
    _ numbers: [UInt8: Int64], month: Int64, weekday: Int, hasShortYear: Bool
  ) -> Int64? {
    func number(_ sign: Unicode.Scalar) -> Int64 { numbers[UInt8(ascii: sign)] ?? 0 }
    let written = number("Y")
    let year = hasShortYear ? written + (written < 70 ? 2000 : 1900) : written
    let date = CivilDate(year: year, month: month, day: number("D"))
    guard date.exists, date.weekday == weekday else { return nil }
    // A leap second is written as 60.
    guard number("h") < 24, number("m") < 60, number("s") <= 60 else { return nil }
    return date.daysSinceEpoch * 86_400 + number("h") * 3600 + number("m") * 60 + number("s")
  }
}

extension [UInt8] {
  fileprivate func dropping(prefix: [UInt8]) -> ArraySlice<UInt8>? {
    starts(with: prefix) ? self[prefix.count...] : nil
  }
}
