import Surveillance

/// The days that a question is about.
struct AskedTime: Sendable, Equatable {
  let days: ClosedRange<Day>
  /// One day was named, and what lies around it is of interest for prices and news.
  let focus: Day?

  init(_ days: ClosedRange<Day>, focus: Day? = nil) {
    self.days = days
    self.focus = focus
  }

  static let around = 5

  /// With some days on both sides of a single one.
  var widened: ClosedRange<Day> {
    focus.map { ($0 - Self.around)...($0 + Self.around) } ?? days
  }

  var span: ClosedRange<Instant> { Self.span(days) }

  static func span(_ days: ClosedRange<Day>) -> ClosedRange<Instant> {
    Instant(days.lowerBound)...(Instant(days.upperBound + 1) - 1)
  }

  static func words(_ days: ClosedRange<Day>) -> String {
    days.lowerBound == days.upperBound ? "on \(days.lowerBound)" : "from \(days.lowerBound) to \(days.upperBound)"
  }

  var words: String { Self.words(days) }
}
