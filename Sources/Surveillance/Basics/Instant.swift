/// A point in time, as milliseconds since 1970-01-01T00:00:00Z.
package struct Instant: Hashable, Comparable, Sendable, CustomStringConvertible {
  package static let perSecond = 1_000
  package static let perMinute = 60_000
  package static let perHour = 3_600_000
  package static let perDay = 86_400_000

  package let milliseconds: Int

  package init(milliseconds: Int) { self.milliseconds = milliseconds }

  package init(_ day: Day, hour: Int = 0, minute: Int = 0, second: Int = 0, millisecond: Int = 0) {
    milliseconds = day.number * Self.perDay + ((hour * 60 + minute) * 60 + second) * 1_000 + millisecond
  }

  /// Reads `2026-03-02T09:30:00.250Z`: a space for the T, fewer or more digits of a second, an offset, and no offset (UTC) are good.
  package init?(_ text: some StringProtocol) { self.init(ascii: Array(text.utf8)[...]) }

  package init?(ascii: ArraySlice<UInt8>) {
    let start = ascii.startIndex
    guard ascii.count >= 19, let day = Day(ascii: ascii[start..<(start + 10)]),
      ascii[start + 10] == UInt8(ascii: "T") || ascii[start + 10] == UInt8(ascii: " "),
      let time = TimeOfDay(ascii: ascii[(start + 11)...])
    else { return nil }
    milliseconds = day.number * Self.perDay + time.milliseconds - time.offsetMinutes * Self.perMinute
  }

  package var day: Day { Day(number: Self.floor(milliseconds, Self.perDay)) }
  package var millisecondsOfDay: Int { milliseconds - day.number * Self.perDay }

  package static func + (instant: Instant, milliseconds: Int) -> Instant {
    Instant(milliseconds: instant.milliseconds + milliseconds)
  }
  package static func - (instant: Instant, milliseconds: Int) -> Instant {
    Instant(milliseconds: instant.milliseconds - milliseconds)
  }
  package static func - (later: Instant, earlier: Instant) -> Int { later.milliseconds - earlier.milliseconds }
  package static func < (left: Instant, right: Instant) -> Bool { left.milliseconds < right.milliseconds }

  package var description: String {
    let rest = millisecondsOfDay
    let clock = [rest / Self.perHour, rest / Self.perMinute % 60, rest / 1_000 % 60].map { Digits.padded($0, 2) }
    return "\(day)T\(clock.joined(separator: ":")).\(Digits.padded(rest % 1_000, 3))Z"
  }

  private static func floor(_ value: Int, _ divisor: Int) -> Int {
    let quotient = value / divisor
    return value % divisor < 0 ? quotient - 1 : quotient
  }
}

/// `09:30:00.250+01:00`, with the offset that may follow it.
package struct TimeOfDay: Sendable {
  package let milliseconds: Int
  package let offsetMinutes: Int

  package init?(_ text: some StringProtocol) { self.init(ascii: Array(text.utf8)[...]) }

  package init?(ascii: ArraySlice<UInt8>) {
    let start = ascii.startIndex
    guard ascii.count >= 8, ascii[start + 2] == UInt8(ascii: ":"), ascii[start + 5] == UInt8(ascii: ":"),
      let hour = Digits.number(ascii[start..<(start + 2)]), hour < 24,
      let minute = Digits.number(ascii[(start + 3)..<(start + 5)]), minute < 60,
      let second = Digits.number(ascii[(start + 6)..<(start + 8)]), second < 60
    else { return nil }
    var index = start + 8
    var fraction = 0
    if index < ascii.endIndex, ascii[index] == UInt8(ascii: ".") {
      let digits = ascii[(index + 1)...].prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      guard let number = Digits.number(digits.prefix(3)) else { return nil }
      fraction = digits.count == 1 ? number * 100 : digits.count == 2 ? number * 10 : number
      index = digits.endIndex
    }
    guard let offset = Self.offset(ascii[index...]) else { return nil }
    milliseconds = ((hour * 60 + minute) * 60 + second) * 1_000 + fraction
    offsetMinutes = offset
  }

  private static func offset(_ ascii: ArraySlice<UInt8>) -> Int? {
    guard let first = ascii.first else { return 0 }
    if first == UInt8(ascii: "Z") { return ascii.count == 1 ? 0 : nil }
    let start = ascii.startIndex
    guard ascii.count == 6, ascii[start + 3] == UInt8(ascii: ":"),
      first == UInt8(ascii: "+") || first == UInt8(ascii: "-"),
      let hour = Digits.number(ascii[(start + 1)..<(start + 3)]), hour < 24,
      let minute = Digits.number(ascii[(start + 4)..<(start + 6)]), minute < 60
    else { return nil }
    return (first == UInt8(ascii: "-") ? -1 : 1) * (hour * 60 + minute)
  }
}
