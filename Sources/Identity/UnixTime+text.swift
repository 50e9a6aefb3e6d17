/// The one text form in use here: RFC 3339 in UTC with whole seconds, as in `2026-11-21T07:49:27Z`.
extension UnixTime: CustomStringConvertible, LosslessStringConvertible {
  package var description: String {
    let days = seconds.flooredDivision(by: 86_400)
    let second = seconds - days * 86_400
    let date = CivilDate(daysSinceEpoch: days)
    return "\(date.year.padded(to: 4))-\(date.month.padded(to: 2))-\(date.day.padded(to: 2))"
      + "T\((second / 3600).padded(to: 2)):\((second / 60 % 60).padded(to: 2)):\((second % 60).padded(to: 2))Z"
  }

  /// Reads exactly what `description` writes; anything else, a 31st of June included, gives nil.
  package init?(_ text: String) {
    let bytes = Array(text.utf8)
    let separators: [Int: UInt8] = [
      4: UInt8(ascii: "-"), 7: UInt8(ascii: "-"), 10: UInt8(ascii: "T"), 13: UInt8(ascii: ":"), 16: UInt8(ascii: ":"),
      19: UInt8(ascii: "Z"),
    ]
    guard bytes.count == 20 else { return nil }
    for (index, byte) in bytes.enumerated() {
      guard separators[index].map({ $0 == byte }) ?? (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else {
        return nil
      }
    }
    func number(_ range: Range<Int>) -> Int64 {
      bytes[range].reduce(0) { $0 * 10 + Int64($1 - UInt8(ascii: "0")) }
    }
    let date = CivilDate(year: number(0..<4), month: number(5..<7), day: number(8..<10))
    let days = date.daysSinceEpoch
    self.init(seconds: days * 86_400 + number(11..<13) * 3600 + number(14..<16) * 60 + number(17..<19))
    // Fields out of their range carry into the next one, so they do not come back as they were written.
    guard description == text else { return nil }
  }
}

/// A day of the proleptic Gregorian calendar. The arithmetic is Howard Hinnant's `days_from_civil`: years begin in
/// March, so that the leap day comes last, and 400 of them are one era of 146 097 days.
private struct CivilDate {
  let year: Int64
  let month: Int64
  let day: Int64

  init(year: Int64, month: Int64, day: Int64) {
    self.year = year
    self.month = month
    self.day = day
  }

  init(daysSinceEpoch: Int64) {
    let shifted = daysSinceEpoch + 719_468
    let era = shifted.flooredDivision(by: 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  var daysSinceEpoch: Int64 {
    let yearFromMarch = month <= 2 ? year - 1 : year
    let era = yearFromMarch.flooredDivision(by: 400)
    let yearOfEra = yearFromMarch - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }
}

extension Int64 {
  fileprivate func flooredDivision(by divisor: Int64) -> Int64 {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }

  fileprivate func padded(to width: Int) -> String {
    let digits = String(self)
    return String(repeating: "0", count: Swift.max(0, width - digits.count)) + digits
  }
}
