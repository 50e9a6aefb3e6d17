/// Gives the present moment in microseconds since 1970-01-01T00:00:00Z, without leap seconds, as Unix counts.
package typealias WallClock = @Sendable () -> Int64

/// A moment as a date and a time of day in UTC, in the Gregorian calendar.
///
/// Moments before the year 0 or after 9999, which RFC 3339 cannot write, become the nearest one that it can.
struct CivilTime: Equatable {
  let year: Int
  let month: Int
  let day: Int
  let hour: Int
  let minute: Int
  let second: Int
  let millisecond: Int

  private static let writable = -62_167_219_200_000...253_402_300_799_999

  init(microsecondsSince1970 moment: Int64) {
    let milliseconds = Int(moment).dividedRoundingDown(by: 1000)
    let bounded = min(max(milliseconds, Self.writable.lowerBound), Self.writable.upperBound)
    let days = bounded.dividedRoundingDown(by: 86_400_000)
    let rest = bounded - days * 86_400_000
    hour = rest / 3_600_000
    minute = rest / 60_000 % 60
    second = rest / 1000 % 60
    millisecond = rest % 1000
    (year, month, day) = Self.date(daysSince1970: days)
  }

  /// Howard Hinnant's `civil_from_days`: years begin in March, so that the leap day is the last day of a year.
  private static func date(daysSince1970: Int) -> (year: Int, month: Int, day: Int) {
    let days = daysSince1970 + 719_468  // since 0000-03-01
    let era = days.dividedRoundingDown(by: 146_097)  // 400 years
    let dayOfEra = days - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    return (era * 400 + yearOfEra + (month <= 2 ? 1 : 0), month, day)
  }
}

extension Int {
  fileprivate func dividedRoundingDown(by divisor: Int) -> Int {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }
}

extension [UInt8] {
  /// Appends a moment in the form of RFC 3339: `2026-11-21T07:40:00.123Z`.
  mutating func append(timestamp time: CivilTime) {
    append(decimal: time.year, width: 4)
    append(UInt8(ascii: "-"))
    append(decimal: time.month, width: 2)
    append(UInt8(ascii: "-"))
    append(decimal: time.day, width: 2)
    append(UInt8(ascii: "T"))
    append(decimal: time.hour, width: 2)
    append(UInt8(ascii: ":"))
    append(decimal: time.minute, width: 2)
    append(UInt8(ascii: ":"))
    append(decimal: time.second, width: 2)
    append(UInt8(ascii: "."))
    append(decimal: time.millisecond, width: 3)
    append(UInt8(ascii: "Z"))
  }
}
