/// What the public could know before the first flagged trade, and when it learned of the event.
package struct MarketNewsFacts: Sendable, Equatable {
  package static let daysBefore = 14

  /// False: the instrument is not on file and no news names it, so that silence says nothing.
  package var isCovered = true
  /// From 14 days before the first trade to the end of the event's day, or of the trade's where there is no event; by time.
  package var timeline: [NewsRow] = []
  /// Material and analysts' news before the trade that spoke for its direction.
  package var alignedCount = 0
  /// The same news that spoke against it.
  package var opposedCount = 0
  package var event: MarketEvent?

  package init() {}

  /// It had been announced that there would be an announcement.
  package var isEventScheduled: Bool { event?.news?.isScheduled ?? false }
}
