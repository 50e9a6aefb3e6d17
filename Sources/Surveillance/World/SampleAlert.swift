/// Alerts that are no scenarios: files that cannot be read, that nobody is there for, and that hold more than one thing.
package struct SampleAlert: Sendable {
  package let file: String
  package let text: String
  /// What becomes of it: a whole sentence.
  package let outcome: String

  package static let all = [broken, unknownType, bothKinds, twoAlerts]

  private static let broken = SampleAlert(
    file: "broken.xml",
    text: """
      <?xml version="1.0" encoding="UTF-8"?>
      <SMARTSAlert>
        <AlertID>IT-2026-0915-90</AlertID>
        <AlertType>Insider Trading</AlertType>
        <Trader>
          <TraderID>T-9010</TraderID>
          <Department>Clearing & settlement</Department>
        </Trader>
      </SMARTSAlert>

      """,
    outcome: "It fails: an ampersand stands alone in line 7.")

  private static let unknownType = SampleAlert(
    file: "unknown-type.xml",
    text: XMLWriter.document { xml in
      xml.inside("SmartsAlert") { xml in
        xml.inside("AlertMetadata") { xml in
          xml.leaves([
            "AlertID": "SP-2026-0915-91", "AlertType": "Spoofing", "RuleViolated": "SP-001",
            "GeneratedTimestamp": "2026-09-15T18:00:00Z", "Severity": "High",
          ])
        }
        xml.inside("FlaggedTrades") { xml in
          xml.inside("Trade", "sequence=\"1\"") { xml in
            xml.leaves([
              "AccountID": "A-9010", "TradeDate": "2026-09-15", "TradeTime": "13:00:00.000", "Symbol": "VELQOR",
              "Side": "BUY", "Quantity": "18500", "Price": "42.00",
            ])
          }
        }
      }
    },
    outcome: "It is rejected: nobody looks into spoofing here.")

  /// The trades of WT-1, and what became public on the next morning.
  private static let bothKinds = SampleAlert(
    file: "both-kinds.xml",
    text: {
      let rows = Scenario.named("WT-1")?.rows ?? ReferenceTables()
      var draft = AlertDraft(
        "MX-2026-0904-92", "Wash Trade", rule: "WT-001", Instant(9, 4, 18), rows, Array(rows.trades.suffix(2)),
        claims: ["AnomalyScore": "91", "VolumeImpact": "45%", "TimeDelta": "500 ms"])
      draft.event = .init(
        type: "Contract", time: Instant(9, 4, 7), text: "Drenok is to supply the harbour works")
      return draft.sequenced(
        severity: "High", market: ["MarketPhase": "Continuous", "LiquidityLevel": "Low", "VolatilityLevel": "Low"])
    }(),
    outcome: "Both specialists look into it, and the graver finding counts.")

  private static let twoAlerts = SampleAlert(
    file: "two-alerts.xml",
    text: XMLWriter.document { xml in
      xml.inside("SmartsAlerts") { xml in
        for id in ["IT-5", "WT-8"] {
          guard let rows = Scenario.named(id)?.rows else { continue }
          writeRepeated(id, rows, &xml)
        }
      }
    },
    outcome: "It becomes two tasks: one is escalated as IT-5 is, one is closed as WT-8 is.")

  private static func writeRepeated(_ id: String, _ rows: ReferenceTables, _ xml: inout XMLWriter) {
    let isInsider = id == "IT-5"
    var draft = AlertDraft(
      "\(id)-REPEATED", isInsider ? "Insider Trading" : "Wash Trade", rule: isInsider ? "IT-002" : "WT-001",
      Instant(10, 29, 18), rows,
      isInsider ? rows.trades.filter { $0.traderID == ScenarioRows.trader(50) }.suffix(1) : rows.trades.suffix(2))
    if isInsider {
      draft.event = .init(type: "Profit warning", time: Instant(10, 1, 3), text: "Grando halts a mine")
    }
    draft.writeRich("Sent again with the weekly run", severity: "Medium", &xml)
  }
}
