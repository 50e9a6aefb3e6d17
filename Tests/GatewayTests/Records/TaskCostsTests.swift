import A2A
import JSON
import Journal
import Testing

@testable import Gateway

/// What a task costs, from what its agents tell.
struct TaskCostsTests {
  private static func outline(_ reports: [(type: String, payload: String)]) -> TaskOutline {
    reports.reduce(into: TaskOutline()) { outline, report in
      let told = #"{"\#(ProgressReport.extensionURI)":{"type":"\#(report.type)","payload":\#(report.payload)}}"#
      let event = #"{"statusUpdate":{"status":{"state":"TASK_STATE_WORKING"},"metadata":\#(told)}}"#
      outline.take(event: Array(event.utf8))
    }
  }

  @Test func `calls add up, whatever came of them, and a budget says what is left`() {
    var reports = [("llm_started", #"{"estimated_cost":5}"#)]
    #expect(Self.outline(reports).costs.isEmpty && Self.outline(reports).costs.remaining == nil)
    reports += [("llm_completed", #"{"cost":0.1,"budget_remaining":0.9}"#)]
    #expect(Self.outline(reports).costs.remaining == 0.9)
    reports += [("llm_failed", #"{"cost":0.2}"#), ("progress", #"{"cost":7}"#)]
    #expect(Self.outline(reports).costs.cost == 0.3)
    reports += [("budget_warning", #"{"cost":0.85,"limit":1}"#)]
    #expect(Self.outline(reports).costs.cost == 0.3 && Self.outline(reports).costs.remaining == 0.15)
    reports += [("budget_exceeded", #"{"cost":3,"limit":1}"#)]
    #expect(Self.outline(reports).costs.remaining == 0)
  }

  @Test(arguments: ["-1", "1e300", "\"1\"", "null", "[1]", "1000000001", "{}"])
  func `what is no amount of money is none`(cost: String) {
    let payload = #"{"cost":\#(cost),"limit":\#(cost),"budget_remaining":\#(cost)}"#
    #expect(Self.outline([("llm_completed", payload), ("budget_warning", payload)]).costs.isEmpty)
  }

  @Test func `however much is told, it is a number`() {
    let outline = Self.outline(Array(repeating: ("llm_completed", #"{"cost":1000000000}"#), count: 20_000))
    #expect(outline.costs.cost == 1_000_000_000)
  }

  @Test func `it is kept with the outline, and is a reason to store that at once`() {
    let outline = Self.outline([("llm_completed", #"{"cost":0.25,"budget_remaining":9.75}"#)])
    #expect(String(decoding: outline.memo.body ?? [], as: UTF8.self) == #"{"cost":0.25,"budgetRemaining":9.75}"#)
    #expect(TaskOutline(outline.memo.body) == outline && !outline.says(asMuchAs: TaskOutline()))
    #expect(String(decoding: TaskOutline().memo.body ?? [], as: UTF8.self) == "{}")
  }
}
