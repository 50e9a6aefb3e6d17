/// Dates as HTTP writes them (RFC 9110 section 5.6.7), always in GMT.
package enum HTTPDate {
  static let weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
  static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

  /// `Sun, 06 Nov 1994 08:49:37 GMT`. Traps outside the years 0 to 9999.
  package static func format(unixSeconds: Int64) -> String {
    let days = unixSeconds >= 0 ? unixSeconds / 86_400 : (unixSeconds - 86_399) / 86_400
    let seconds = unixSeconds - days * 86_400
    let date = CivilDate(daysSinceEpoch: days)
    precondition(0...9999 ~= date.year, "The second \(unixSeconds) lies outside the years HTTP can write.")
    let day = "\(weekdays[date.weekday].prefix(3)), \(pad(date.day)) \(months[Int(date.month) - 1])"
    let time = "\(pad(seconds / 3600)):\(pad(seconds / 60 % 60)):\(pad(seconds % 60))"
    return "\(day) \(pad(date.year, to: 4)) \(time) GMT"
  }

  /// The second that a date of one of the three formats means, or nil if it is none.
  ///
  /// A two-digit year (RFC 850) from 70 on lies in the 1900s, below in the 2000s. The weekday must be the right one.
  package static func parse(_ text: String) -> Int64? {
    guard text.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
    return HTTPDateParser.parse(Array(text.utf8))
  }

  private static func pad(_ number: Int64, to width: Int = 2) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}
