import HTTP

extension Timestamp: CustomStringConvertible {
  /// RFC 3339 knows the years 0 to 9999, and ProtoJSON those from 1; a moment outside them is written as the nearest
  /// inside.
  private static let writable: ClosedRange<Int64> = -62_135_596_800_000...253_402_300_799_999

  /// `2026-03-01T09:30:00.000Z`.
  package var description: String {
    let moment = min(max(millisecondsSince1970, Self.writable.lowerBound), Self.writable.upperBound)
    let shifted = moment - Self.writable.lowerBound
    let day = CivilDate(daysSinceEpoch: shifted / Self.day + Self.writable.lowerBound / Self.day)
    let rest = shifted % Self.day
    return Self.padded(day.year, 4) + "-" + Self.padded(day.month, 2) + "-" + Self.padded(day.day, 2) + "T"
      + Self.padded(rest / 3_600_000, 2) + ":" + Self.padded(rest / 60_000 % 60, 2) + ":"
      + Self.padded(rest / 1000 % 60, 2) + "." + Self.padded(rest % 1000, 3) + "Z"
  }

  private static let day: Int64 = 86_400_000

  private static func padded(_ number: Int64, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }

  /// Reads a time of RFC 3339 with any offset and any fraction, of which milliseconds are kept; nil for any other text.
  package init?(_ text: String) {
    var scanner = Scanner(rest: text.utf8[...])
    guard let year = scanner.number(digits: 4), scanner.take("-"), let month = scanner.number(digits: 2),
      scanner.take("-"), let day = scanner.number(digits: 2), scanner.take("T") || scanner.take("t"),
      let hour = scanner.number(digits: 2), scanner.take(":"), let minute = scanner.number(digits: 2),
      scanner.take(":"), let second = scanner.number(digits: 2), let fraction = scanner.milliseconds(),
      let offset = scanner.offsetInMinutes(), scanner.rest.isEmpty
    else { return nil }
    let date = CivilDate(year: year, month: month, day: day)
    // A leap second is the first moment of the next minute, as Unix counts.
    guard 1...12 ~= month, 1...31 ~= day, date.exists, hour < 24, minute < 60, second <= 60 else { return nil }
    let minutes = date.daysSinceEpoch * 1440 + hour * 60 + minute - offset
    let moment = (minutes * 60 + second) * 1000 + fraction
    guard Self.writable.contains(moment) else { return nil }
    self.init(millisecondsSince1970: moment)
  }

  private struct Scanner {
    var rest: Substring.UTF8View

    mutating func take(_ character: Unicode.Scalar) -> Bool {
      guard rest.first == UInt8(ascii: character) else { return false }
      rest.removeFirst()
      return true
    }

    mutating func digit() -> Int64? {
      guard let byte = rest.first, byte &- UInt8(ascii: "0") < 10 else { return nil }
      rest.removeFirst()
      return Int64(byte - UInt8(ascii: "0"))
    }

    mutating func number(digits: Int) -> Int64? {
      var number: Int64 = 0
      for _ in 0..<digits {
        guard let digit = digit() else { return nil }
        number = number * 10 + digit
      }
      return number
    }

    /// No fraction, or a point with one digit or more; nil for a point alone.
    mutating func milliseconds() -> Int64? {
      guard take(".") else { return 0 }
      guard var milliseconds = digit() else { return nil }
      var count = 1
      while let digit = digit() {
        if count < 3 { milliseconds = milliseconds * 10 + digit }
        count += 1
      }
      while count < 3 {
        milliseconds *= 10
        count += 1
      }
      return milliseconds
    }

    mutating func offsetInMinutes() -> Int64? {
      if take("Z") || take("z") { return 0 }
      let sign: Int64
      if take("+") { sign = 1 } else if take("-") { sign = -1 } else { return nil }
      guard let hours = number(digits: 2), take(":"), let minutes = number(digits: 2), hours < 24, minutes < 60 else {
        return nil
      }
      return sign * (hours * 60 + minutes)
    }
  }
}
