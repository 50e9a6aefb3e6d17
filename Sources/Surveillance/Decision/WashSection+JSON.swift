import JSON

extension WashSection {
  /// - Parameter confidence: how sure the pattern is: as sure as the alert is genuine.
  func write(_ object: inout JSONWriter, confidence: Int) {
    object.object("relationship_network") { writeNetwork(&$0, confidence) }
    object.object("timing_patterns") { writeTiming(&$0) }
    object.object("counterparty_pattern") { writeCounterparties(&$0) }
    object.object("historical_patterns") {
      $0.member("pattern_count", patternCount)
      $0.member("time_window_days", historyDays)
      $0.member("average_frequency", averageFrequency)
      $0.member("pattern_trend", trend.rawValue)
      $0.member("historical_analysis", historyDescription)
    }
    object.member("volume_impact_percentage", decimal: volumeImpactPercent, digits: 2)
    object.member("beneficial_ownership_match", hasSameOwner)
    object.member("economic_purpose_identified", hasEconomicPurpose)
  }

  private func writeNetwork(_ object: inout JSONWriter, _ confidence: Int) {
    object.array("nodes") { list in
      for node in nodes {
        list.object {
          $0.member("account_id", node.accountID)
          $0.member("beneficial_owner_id", node.ownerID)
          $0.member("beneficial_owner_name", node.ownerName)
          $0.member("relationship_type", node.relationship)
          $0.member("is_flagged", node.isFlagged)
        }
      }
    }
    object.array("edges") { list in
      for edge in edges {
        list.object {
          $0.member("from", edge.from)
          $0.member("to", edge.to)
          $0.member("edge_type", edge.type.rawValue)
          $0.member("trade_details", edge.details)
          $0.member("is_suspicious", edge.isSuspicious)
        }
      }
    }
    object.member("pattern_type", pattern.rawValue)
    object.member("pattern_confidence", pattern == .none ? 0 : confidence)
    object.member("pattern_description", patternDescription)
  }

  private func writeTiming(_ object: inout JSONWriter) {
    object.key("time_delta_ms")
    if let timeDeltaMilliseconds { object.number(timeDeltaMilliseconds) } else { object.null() }
    object.member("description", timingDescription)
    object.member("market_phase", marketPhase)
    object.member("liquidity_assessment", liquidity)
    object.member("is_pre_arranged", isPrearranged)
    object.member("pre_arrangement_confidence", prearrangementConfidence)
    object.member("timing_analysis", timingDescription)
  }

  private func writeCounterparties(_ object: inout JSONWriter) {
    object.array("trade_flow") { list in
      for leg in tradeFlow {
        list.object {
          $0.member("time", leg.time)
          $0.member("seller", leg.seller)
          $0.member("buyer", leg.buyer)
          $0.member("quantity", leg.quantity)
          $0.member("price", leg.price)
        }
      }
    }
    object.member("is_circular", isCircular)
    object.member("is_offsetting", isOffsetting)
    object.member("same_beneficial_owner", hasSameOwner)
    object.member("intermediary_accounts", intermediaries)
    object.member("economic_purpose_identified", hasEconomicPurpose)
    object.member("description", counterpartyDescription)
  }
}
