/// What the price moved for: the announcement behind the flagged trades.
///
/// The time is the alert's, checked against the news: the first material news of the same day is when the public knew, and its time
/// is used. Without such news the alert's time stands. An alert that names no event: the first material news in the 30 days behind
/// the first trade.
package struct MarketEvent: Sendable, Equatable {
  package static let searchDays = 30

  package var time: Instant
  package var isTimeKnown: Bool
  /// The news that it is; nil where only the alert speaks of it.
  package var news: NewsRow?
  /// What the alert says, where it says something.
  package var alertTime: Instant?
  package var alertTimeIsKnown = false

  package init(time: Instant, isTimeKnown: Bool = true, news: NewsRow? = nil, alertTime: Instant? = nil) {
    self.time = time
    self.isTimeKnown = isTimeKnown
    self.news = news
    self.alertTime = alertTime
  }

  package static func find(_ alert: Alert, _ position: FlaggedPosition, _ reference: ReferenceData) -> MarketEvent? {
    if let event = alert.event {
      let day = event.time.day
      let news = firstMaterial(reference.news(position.symbol, Instant(day)...(Instant(day + 1) - 1)))
      var found = MarketEvent(
        time: news?.time ?? event.time, isTimeKnown: news != nil || event.isTimeKnown, news: news,
        alertTime: event.time)
      found.alertTimeIsKnown = event.isTimeKnown
      return found
    }
    let start = position.isTimeKnown ? position.firstTime + 1 : position.earliestTime
    let behind = start...(position.firstTime + searchDays * Instant.perDay)
    return firstMaterial(reference.news(position.symbol, behind)).map { MarketEvent(time: $0.time, news: $0) }
  }

  private static func firstMaterial(_ rows: [NewsRow]) -> NewsRow? {
    rows.filter { $0.category == .material }.min { $0.order < $1.order }
  }
}

extension NewsRow {
  /// By time, then by everything else: news of one moment come in one order wherever they stand in the file.
  var order: (Instant, String, String, String, Int, Int) {
    (time, source, headline, category.rawValue, direction, isScheduled ? 1 : 0)
  }
}
