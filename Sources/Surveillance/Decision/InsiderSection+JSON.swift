import JSON

extension InsiderSection {
  func write(_ object: inout JSONWriter) {
    object.object("trader_baseline_analysis") {
      $0.member("typical_volume", typicalVolume)
      $0.member("typical_sectors", typicalSectors)
      $0.member("typical_frequency", typicalFrequency)
      $0.member("deviation_assessment", deviationAssessment)
    }
    object.object("market_context") { context in
      context.array("news_timeline") { list in
        for row in newsTimeline {
          list.object {
            $0.member("time", row.time)
            $0.member("source", row.source)
            $0.member("headline", row.headline)
            $0.member("category", row.category.rawValue)
            $0.member("direction", row.direction)
            $0.member("scheduled", row.isScheduled)
          }
        }
      }
      context.member("volatility_assessment", volatilityAssessment)
      context.member("peer_activity_summary", peerActivitySummary)
    }
  }
}
