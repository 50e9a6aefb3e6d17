import Surveillance
import Testing

/// From rows to an assessment.
@Suite struct InsiderPipelineTests {
  private func assess(_ change: (inout InsiderTables) -> Void) async throws -> Assessment {
    var tables = InsiderTables()
    tables.trade("T-9", daysBefore: 3, "BOLT")
    change(&tables)
    return InsiderAssessment.assess(tables.alert, try await tables.facts(), .standard)
  }

  private func shown(_ assessment: Assessment) -> String {
    let evidence = assessment.evidence.map {
      "\($0.indicator) \(FactValue.decimal($0.weight * $0.strength, digits: 1).text)"
    }
    let gaps = assessment.gaps.map { $0.source + ($0.isMandatory ? "!" : "") }
    return evidence.joined(separator: ", ") + (gaps.isEmpty ? "" : " | " + gaps.joined(separator: ", "))
  }

  private func bid(_ tables: inout InsiderTables) {
    tables.setEvent(InsiderTables.time + 18 * Instant.perHour)
    tables.news(hours: 18)
    for number in 1...40 { tables.setClose(InsiderTables.day + number, 147) }
  }

  @Test func `a clerk who may not trade, before a bid`() async throws {
    let assessment = try await assess { tables in
      bid(&tables)
      tables.tables.traders[0].permission = .none
      tables.alert.trades[0].quantity = 10_000
      for number in 1...8 { tables.trade("T-1", daysBefore: Double(number * 30), "BOLT", quantity: 270) }
      for trader in ["T-2", "T-3", "T-4"] { tables.trade(trader, daysBefore: 4, .sellACME) }
    }
    #expect(
      shown(assessment)
        == "I1 30.0, I4 15.0, I5 10.0, I6 10.0, I7 12.0, I8 10.0, I9 10.0, I11 12.0, I12 8.0")
    #expect(assessment.hardFlags == ["I1"])
    #expect(assessment.figures.count == 2)
    let score = PublishedScore(assessment)
    #expect(score.genuine == 91 && score.falsePositive == 0)
  }

  @Test func `a dormant account is evidence, and a gap for the usual size alone`() async throws {
    let assessment = try await assess { bid(&$0) }
    #expect(shown(assessment) == "I5 10.0, I6 10.0, I7 12.0, I8 10.0, I9 1.9, I11 12.0, I12 8.0 | size baseline")
  }

  @Test func `without any source there is hardly evidence, and a gap for each`() async throws {
    let assessment = try await assess { tables in
      tables.tables = ReferenceTables()
      tables.setEvent(InsiderTables.time + 18 * Instant.perHour)
    }
    #expect(shown(assessment) == "I7 6.0 | profile!, history!, prices!, instrument ACME, peers")
  }

  @Test func `an instrument that no file knows leaves what the trades tell`() async throws {
    let assessment = try await assess { tables in
      tables.tables.instruments = []
      tables.tables.prices = []
      tables.setEvent(InsiderTables.time + 42 * Instant.perHour)
    }
    #expect(shown(assessment) == "I5 10.0, I7 11.0, I12 8.0 | size baseline, prices!, instrument ACME")
    let score = PublishedScore(assessment)
    #expect(score.genuine == 59 && score.falsePositive == 0)
  }

  @Test func `a purchase on a Saturday before a Sunday's news`() async throws {
    let assessment = try await assess { tables in
      tables.alert.trades[0].time = Instant(InsiderTables.day + 3, hour: 10)
      tables.setEvent(Instant(InsiderTables.day + 4, hour: 10))
      tables.setClose(InsiderTables.day + 5, 147)
    }
    #expect(
      shown(assessment) == "I5 10.0, I6 10.0, I7 12.0, I8 10.0, I9 1.9, I11 12.0, I12 8.0 | size baseline, volume")
  }
}
