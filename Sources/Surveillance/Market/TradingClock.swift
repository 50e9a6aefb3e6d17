/// When the market trades. All times are UTC.
package enum TradingClock {
  package static let open = 8 * Instant.perHour
  package static let endOfOpening = 8 * Instant.perHour + 30 * Instant.perMinute
  package static let startOfClosing = 16 * Instant.perHour
  package static let close = 16 * Instant.perHour + 30 * Instant.perMinute

  package static func phase(_ time: Instant) -> String {
    switch time.millisecondsOfDay {
    case ..<open: "pre-market"
    case ..<endOfOpening: "opening"
    case ..<startOfClosing: "continuous"
    case ..<close: "closing"
    default: "after-hours"
    }
  }

  /// The first day whose close can know of something that became known then.
  package static func firstDay(toKnow time: Instant) -> Day {
    time.millisecondsOfDay >= close ? time.day + 1 : time.day
  }
}
