/// A day with the time of it that an alert gives, if it gives one.
struct AlertTime: Equatable {
  var instant: Instant
  /// The day alone is known; the instant is its noon.
  var isTimeKnown: Bool

  static let noon = 12

  init(_ instant: Instant) {
    self.instant = instant
    isTimeKnown = true
  }

  init(noonOf day: Day) {
    instant = Instant(day, hour: Self.noon)
    isTimeKnown = false
  }

  /// What a day's field and a time's field say together. Either may hold both.
  ///
  /// The fault is what could not be read, as it stands there.
  static func read(date: String?, time: String?) -> (time: AlertTime?, fault: String?) {
    for text in [time, date] {
      if let text, let instant = Instant(withSeconds(text)) { return (AlertTime(instant), nil) }
    }
    guard let date else { return (nil, time) }
    guard let day = Day(date) else { return (nil, date) }
    guard let time else { return (AlertTime(noonOf: day), nil) }
    guard let instant = Instant(withSeconds("\(date)T\(time)")) else { return (AlertTime(noonOf: day), time) }
    return (AlertTime(instant), nil)
  }

  /// `2026-03-02T09:30` and `2026-03-02T09:30Z` have their seconds put in.
  private static func withSeconds(_ text: String) -> String {
    let ascii = Array(text.utf8)
    let minutesEnd = 16
    guard ascii.count >= minutesEnd, ascii[13] == UInt8(ascii: ":"),
      ascii.count == minutesEnd || ascii[minutesEnd] != UInt8(ascii: ":")
    else { return text }
    return String(decoding: ascii[..<minutesEnd] + Array(":00".utf8) + ascii[minutesEnd...], as: UTF8.self)
  }
}
