import A2A
import JSON
import Surveillance
import Testing

@testable import signalbox

struct CombinedDecisionTests {
  private func combined(_ determinations: [String?]) -> CombinedDecision {
    CombinedDecision(
      determinations.enumerated().map { index, determination in
        HandoffResult(
          assignment: Assignment(
            number: index + 1, alertID: "A-\(index + 1)", kind: index == 0 ? .insiderTrading : .washTrade),
          determination: determination, lastWord: "")
      })
  }

  @Test(arguments: [
    (["CLOSE", "ESCALATE"], "ESCALATE"), (["ESCALATE", "NEEDS_HUMAN_REVIEW"], "ESCALATE"),
    (["CLOSE", "NEEDS_HUMAN_REVIEW"], "NEEDS_HUMAN_REVIEW"), (["CLOSE", "CLOSE"], "CLOSE"),
    // What cannot be read needs a person, and is not milder than that.
    (["CLOSE", nil], "NEEDS_HUMAN_REVIEW"), (["CLOSE", "MAYBE"], "NEEDS_HUMAN_REVIEW"),
    (["ESCALATE", nil], "ESCALATE"),
  ])
  func `the gravest of them counts`(each: [String?], whole: String) {
    #expect(combined(each).determination == whole)
    #expect(combined(each.reversed()).determination == whole)
  }

  @Test func `it says which said what`() throws {
    let value = combined(["CLOSE", nil])
    #expect(
      value.sentence
        == "NEEDS_HUMAN_REVIEW. A-1, insider trading: CLOSE; A-2, wash trades: no determination.")
    let artifact = value.artifact
    #expect(artifact.id == "decision" && artifact.parts.count == 1)
    guard case .data(let data)? = artifact.parts.first?.content else {
      throw UsageError(message: "No data.", invocation: "")
    }
    #expect(data["determination"]?.string == "NEEDS_HUMAN_REVIEW")
    #expect(data["decisions"]?[0]?["alert_type"]?.string == "INSIDER_TRADING")
    #expect(data["decisions"]?[1]?["alert_id"]?.string == "A-2" && data["decisions"]?[1]?["determination"] == nil)
  }
}
