/// The days of the invented market. Alerts lie in September and October 2026, and a whole year lies before each of them.
package enum WorldCalendar {
  package static let first = Day(year: 2025, month: 8, day: 4)
  package static let last = Day(year: 2026, month: 10, day: 30)

  /// Mondays to Fridays. The market has no holidays.
  package static let days: [Day] = (first.number...last.number).map { Day(number: $0) }.filter { !$0.isWeekend }

  /// Where a day stands in `days`; the next trading day's place for a weekend's.
  static func place(of day: Day) -> Int {
    let distance = day - first
    let place = distance / 7 * 5 + min(distance % 7, 5)
    return min(max(place, 0), days.count - 1)
  }

  /// The market is open from 08:00 to 16:30; the closing auction takes the five minutes behind it.
  static let open = 8 * Instant.perHour
  static let auction = 16 * Instant.perHour + 30 * Instant.perMinute
  static let auctionLength = 5 * Instant.perMinute
}
