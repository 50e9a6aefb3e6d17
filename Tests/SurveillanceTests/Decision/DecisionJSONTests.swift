import JSON
import Surveillance
import Testing

@Suite struct DecisionJSONTests {
  private static let common = [
    "decision_id", "alert_id", "alert_type", "determination", "recommended_action", "confidence",
    "genuine_alert_confidence", "false_positive_confidence", "uncertainty", "timestamp", "policy_version",
    "interpretation", "notice", "key_findings", "favorable_indicators", "risk_mitigating_factors",
    "reasoning_narrative", "reasoning_sources", "similar_precedent", "data_gaps", "mismatches", "hard_flags",
    "regulatory_flags", "score", "evidence", "defeats", "human_input",
  ]
  private static let wash = [
    "relationship_network", "timing_patterns", "counterparty_pattern", "historical_patterns",
    "volume_impact_percentage", "beneficial_ownership_match", "economic_purpose_identified",
  ]

  private func keys(_ value: JSONValue?) -> [String] { value.map { $0.members.map(\.key) } ?? [] }

  @Test func `a decision about insider trading has every field`() throws {
    let json = try JSONValue(parsing: Samples.decision().json)
    #expect(keys(json) == Self.common + ["trader_baseline_analysis", "market_context"])
    #expect(
      keys(json["trader_baseline_analysis"])
        == ["typical_volume", "typical_sectors", "typical_frequency", "deviation_assessment"])
    #expect(keys(json["market_context"]) == ["news_timeline", "volatility_assessment", "peer_activity_summary"])
    #expect(json["market_context"]?["news_timeline"]?[0]?["headline"]?.string == "Halden ruling is due")
    #expect(json["notice"]?.string?.contains("accuses nobody") == true)
    #expect((json["reasoning_narrative"]?.string?.count ?? 0) >= 100)
  }

  @Test func `a decision about wash trades has every field`() throws {
    let json = try JSONValue(parsing: Samples.decision(Samples.lapsedMarketMaker()).json)
    #expect(keys(json) == Self.common + Self.wash)
    let network = json["relationship_network"]
    #expect(
      keys(network?["nodes"]?[0])
        == ["account_id", "beneficial_owner_id", "beneficial_owner_name", "relationship_type", "is_flagged"])
    #expect(keys(network?["edges"]?[0]) == ["from", "to", "edge_type", "trade_details", "is_suspicious"])
    #expect(network?["pattern_type"]?.string == "DIRECT_WASH")
    #expect(network?["pattern_confidence"]?.int == 72)
    #expect(json["timing_patterns"]?["time_delta_ms"]?.int == 2_500)
    #expect(json["counterparty_pattern"]?["trade_flow"]?[0]?["price"]?.numberText == "12.50")
    #expect(json["historical_patterns"]?["pattern_trend"]?.string == "stable")
    #expect(json["volume_impact_percentage"]?.numberText == "8.25")
  }

  @Test func `evidence has its weight, both points, what weakened it, its call and its inputs`() throws {
    let decision = Samples.decision(answers: [Samples.answer(.preclearance, "yes_verified")])
    let json = try JSONValue(parsing: decision.json)
    let first = try #require(json["evidence"]?[0])
    #expect(
      keys(first)
        == [
          "indicator", "title", "side", "weight", "strength", "raw_points", "points", "defeated_by", "factor", "tool",
          "tool_call_id", "statement", "inputs", "figures",
        ])
    #expect(first["raw_points"]?.numberText == "12.0000")
    #expect(first["points"]?.numberText == "6.0000")
    #expect(first["strength"]?.numberText == "0.8000")
    #expect(first["defeated_by"]?.description == #"["preclearance"]"#)
    #expect(first["tool_call_id"]?.string == "call-3")
    #expect(first["figures"]?.description == #"["E2"]"#)
    let values = first["inputs"]?.elements.map { $0["value"]?.description ?? "" }
    #expect(
      values == [
        "48", "4.2", "null", "12.3450", "1234567.89", "\"2026-03-02\"", "\"2026-11-22T09:30:00.000Z\"", "false",
        "\"Energy\"",
      ])
    let market = json["evidence"]?.elements.first { $0["tool"]?.string == "market_data" }
    #expect(market?["tool_call_id"]?.isNull == true)
    #expect(json["human_input"]?[0]?["question_id"]?.string == "preclearance")
    #expect(json["human_input"]?[0]?["by"]?.string == "j.okafor")
    #expect(json["defeats"]?[0]?["of"]?.description == #"["I11","I4","I7","I8","I9"]"#)
  }

  @Test func `figures that are no numbers are written as null`() throws {
    var assessment = Samples.undecidedInsider()
    assessment.evidence[0].inputs = [
      .init("none", .decimal(.nan, digits: 2)), .init("endless", .decimal(.infinity, digits: 2)),
      .init("huge", .decimal(1e300, digits: 2)),
    ]
    assessment.evidence[0].weight = .nan
    let json = try JSONValue(parsing: Samples.decision(assessment).json)
    #expect(json["evidence"]?[0]?["weight"]?.isNull == true)
    #expect(json["evidence"]?[0]?["inputs"]?.elements.map { $0["value"]?.isNull } == [true, true, true])
  }

  @Test func `the same input gives the same bytes`() {
    #expect(Samples.decision().json.elementsEqual(Samples.decision().json))
    #expect(Samples.decision().page == Samples.decision().page)
  }

  @Test func `a report of a suspicion is drafted only for what is escalated, in six blocks`() throws {
    #expect(Samples.decision().suspicionReport == nil)
    let decision = Samples.decision(answers: [Samples.answer(.preclearance, "no_or_denied")])
    let report = try JSONValue(parsing: try #require(decision.suspicionReport))
    #expect(
      keys(report)
        == [
          "report_id", "status", "notice", "submitter", "transaction", "nature_of_suspicion", "person",
          "additional_information", "documents",
        ])
    #expect(report["status"]?.string == "DRAFT")
    #expect(report["submitter"]?["firm"]?.string == "Example Brokers")
    #expect(report["transaction"]?["trades"]?[0]?["price"]?.numberText == "12.10")
    #expect(report["person"]?["trader"]?["id"]?.string == "T-9")
    #expect(report["person"]?["accounts"]?.description == #"["A-9"]"#)
    #expect(report["additional_information"]?["human_input"]?[0]?["answer"]?.string == "no_or_denied")
    #expect(report["documents"]?["tool_calls"]?.count == 2)
  }

  @Test func `hostile texts stay within their strings`() throws {
    var alert = Samples.alert()
    alert.id = "\"},{\"determination\":\"CLOSE\u{0}\u{2028}"
    let json = try JSONValue(parsing: Samples.decision(alert: alert).json)
    #expect(json["alert_id"]?.string == alert.id)
    #expect(json["determination"]?.string == "NEEDS_HUMAN_REVIEW")
  }

  @Test func `a decision reads as the one that was frozen`() throws {
    let decision = Samples.decision(answers: [Samples.answer(.preclearance, "no_or_denied")])
    var writer = JSONWriter(style: .pretty)
    writer.value(try JSONValue(parsing: decision.json))
    let text = String(decoding: writer.bytes, as: UTF8.self)
    let lines = text.split(separator: "\n")
    let frozen = DecisionGolden.text.split(separator: "\n")
    let difference = zip(lines, frozen).enumerated().first { $0.element.0 != $0.element.1 }
    #expect(difference.map { "line \($0.offset + 1): \($0.element.0)" } == nil)
    #expect(lines.count == frozen.count)
  }
}
