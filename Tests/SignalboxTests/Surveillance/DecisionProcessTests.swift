import A2A
import JSON
import TestSupport
import Testing

@testable import signalbox

/// Alert files from a user's command line to the decision: through the gateway, the orchestrator and the specialists.
@Suite(.surveillanceStage(), .timeLimit(.minutes(3)))
struct DecisionProcessTests {
  private func submit(_ name: String, _ parameters: String? = nil) async throws -> SurveillanceStage.Done {
    try await SurveillanceStage.current.submit(name, parameters)
  }

  @Test func `a clear case is escalated, and everything that was found is there before the decision`() async throws {
    let done = try await submit("clear-insider.xml")
    #expect(done.status == 0, "\(done.errors)")
    #expect(done.task["status"]?["state"]?.string == "TASK_STATE_COMPLETED")
    let artifacts = ["figures", "report", "suspicion-report", "decision"]
    #expect(done.task["artifacts"]?.elements.compactMap { $0["artifactId"]?.string } == artifacts)
    #expect(done.story.artifacts == artifacts, "\(done.story.artifacts)")
    let decision = try #require(done.decision)
    #expect(decision["determination"]?.string == "ESCALATE" && decision["alert_id"]?.string == "IT-2026-0915-01")
    #expect(decision["genuine_alert_confidence"]?.int == 91 && decision["false_positive_confidence"]?.int == 0)
    #expect(done.data("suspicion-report") != nil && done.data("figures")?["figures"]?[0] != nil)
    let page = done.task["artifacts"]?[1]?["parts"]?[0]?["text"]?.string
    #expect(page?.hasPrefix("<!DOCTYPE html>") == true && page?.contains("IT-2026-0915-01") == true)
    #expect(done.story.lastWord.hasPrefix("ESCALATE (genuine 91, false positive 0)."), "\(done.story.lastWord)")
  }

  @Test func `all evidence names a call of a tool that people have seen, and there is one end`() async throws {
    let story = try await submit("clear-insider.xml")
    let calls = story.story.reports(.toolCompleted).reduce(into: [:]) { calls, report in
      calls[report.callID ?? ""] = report.tool
    }
    #expect(calls.count == 7, "\(story.story.summary)")
    let evidence = Array(try #require(story.decision?["evidence"]).elements)
    #expect(!evidence.isEmpty)
    for piece in evidence {
      let call = piece["tool_call_id"]?.string ?? "none"
      #expect(
        calls[call] == piece["tool"]?.string && calls[call] != nil, "\(piece["indicator"]?.string ?? "") cites \(call)."
      )
    }
    #expect(story.story.ends == ["TASK_STATE_COMPLETED"])
    #expect(story.story.records.last?["data"]?["statusUpdate"]?["status"]?["state"]?.string == "TASK_STATE_COMPLETED")
    let whole = story.story.tools(.toolStarted)
    #expect(Set(whole) == Set(story.story.tools(.toolCompleted)) && whole.count == 7, "\(whole)")
  }

  @Test func `the phases come in their order, and each report of a specialist names it and its task`() async throws {
    let story = try await submit("clear-insider.xml").story
    #expect(story.phases(of: nil) == ["received", "parsed", "evidence"])
    #expect(story.phases(of: "insider-trading") == ["received", "parsed", "evidence", "review", "decision"])
    #expect(story.reports.allSatisfy { $0.tool == nil || $0.agent == "insider-trading" })
    #expect(story.parts.keys.sorted() == ["insider-trading"] && story.parts["insider-trading"]?.isEmpty == false)
    #expect(story.reports(.routing).first?.payload?["kinds"]?[0]?.string == "INSIDER_TRADING")
    let titles = story.reports.compactMap(\.title)
    #expect(titles == ["Insider dealing alert, VELQOR", "Insider dealing alert, Velqor (VELQOR)"])
    let named = try #require(story.reports.last { $0.title != nil })
    #expect(named.phase == "parsed" && named.agent == "insider-trading")
    let facts = named.payload?.members.map { "\($0.key)=\($0.value.string ?? "")" } ?? []
    #expect(
      facts == [
        "alertId=IT-2026-0915-01", "alertType=Insider Trading", "symbol=VELQOR", "instrument=Velqor",
        "trader=Ilvo Dellbek", "traderId=T-9010",
      ])
    #expect(story.reports(.agentHandoff).first?.payload?["agent"]?.string == "insider-trading")
  }

  @Test func `a round of trades between accounts of one owner is escalated as layered`() async throws {
    let done = try await submit("layered-wash.xml")
    #expect(done.status == 0 && done.determination == "ESCALATE", "\(done.errors)")
    #expect(done.decision?["relationship_network"]?["pattern_type"]?.string == "LAYERED_WASH")
    #expect(done.story.phases(of: "wash-trade") == ["received", "parsed", "evidence", "review", "decision"])
    #expect(done.story.tools(.toolCompleted).count == 6, "\(done.story.summary)")
    let accounts = done.story.reports.last { $0.title != nil }?.payload?["account"]?.string ?? "none"
    #expect(accounts.hasPrefix("A-"), "\(accounts)")
  }

  @Test func `an alert of both kinds goes to both, and the graver finding is the combined decision`() async throws {
    let done = try await submit("both-kinds.xml", #"{"interactive":false}"#)
    #expect(done.status == 0 && done.story.questions.isEmpty, "\(done.errors)")
    #expect(done.story.parts.keys.sorted() == ["insider-trading", "wash-trade"])
    // What one of them calls its part is no title of the whole.
    let titles = done.story.reports.compactMap(\.title)
    #expect(titles.count == 1 && titles[0].hasPrefix("Insider dealing and wash trade alert, "), "\(titles)")
    let combined = try #require(done.decision)
    #expect(combined["determination"]?.string == "ESCALATE")
    #expect(
      combined["decisions"]?.elements.map { "\($0["alert_type"]?.string ?? "") \($0["determination"]?.string ?? "")" }
        == ["INSIDER_TRADING NEEDS_HUMAN_REVIEW", "WASH_TRADE ESCALATE"])
    #expect(done.data("decision-1-insider-trading")?["determination"]?.string == "NEEDS_HUMAN_REVIEW")
    #expect(done.data("decision-1-wash-trade")?["determination"]?.string == "ESCALATE")
    #expect(done.story.artifacts.last == "decision" && done.story.artifacts.count == 8, "\(done.story.artifacts)")
    #expect(done.story.ends == ["TASK_STATE_COMPLETED"])
    #expect(
      done.story.lastWord
        == "ESCALATE. MX-2026-0904-92, insider trading: NEEDS_HUMAN_REVIEW; MX-2026-0904-92, wash trades: ESCALATE.")
  }

  @Test func `of an alert of both kinds one asks while the other works, and the answer counts`() async throws {
    let stage = try SurveillanceStage.current
    let task = try await stage.begin("both-kinds.xml")
    _ = try await stage.question(task)
    let answered = try await stage.run("answer", task, "answer=no_or_denied", "--wait")
    #expect(answered.status == 0, "\(answered.errors)")
    let done = try await stage.done(task)
    #expect(done.story.ends == ["TASK_STATE_COMPLETED"], "\(done.story.summary)")
    let inquiry = done.data("decision-1-insider-trading")?["human_input"]?[0]
    #expect(inquiry?["answer"]?.string == "no_or_denied" && inquiry?["by"]?.string == "operator")
    #expect(done.determination == "ESCALATE")
  }

  @Test func `each alert of a file is looked into, and one of them alone where that is asked for`() async throws {
    let both = try await submit("two-alerts.xml")
    #expect(both.status == 0 && both.determination == "ESCALATE", "\(both.errors)")
    let titles = Set(both.story.reports.compactMap(\.title))
    #expect(titles.count == 1 && titles.first?.hasPrefix("2 alerts: ") == true, "\(titles)")
    #expect(both.data("decision-1-insider-trading")?["alert_id"]?.string == "IT-5-REPEATED")
    #expect(both.data("decision-2-wash-trade")?["determination"]?.string == "CLOSE")
    #expect(
      both.decision?["decisions"]?[1] != nil && both.decision?["decisions"]?[2] == nil
        && both.story.artifacts.last == "decision")
    let second = try await submit("two-alerts.xml", #"{"alert":2}"#)
    #expect(second.determination == "CLOSE" && second.decision?["alert_id"]?.string == "WT-8-REPEATED")
    #expect(second.story.artifacts == ["figures", "report", "decision"], "\(second.story.artifacts)")
    let third = try await submit("two-alerts.xml", #"{"alert":3}"#)
    #expect(third.status == 2)
    #expect(third.story.lastWord == "The file holds 2 alerts, and task_parameters asks for number 3.")
  }

  @Test func `the same alert is decided in the same way again`() async throws {
    for name in ["clear-insider.xml", "layered-wash.xml"] {
      let (one, two) = (try await submit(name), try await submit(name))
      #expect(Self.settled(one) == Self.settled(two), "\(name)")
      #expect(Self.settled(one).contains("determination"))
    }
  }

  /// The artifacts' data without the ids and times of this one analysis.
  private static func settled(_ done: SurveillanceStage.Done) -> String {
    var text = ["figures", "suspicion-report", "decision"].compactMap { done.data($0)?.description }.joined()
    // Tools begin beside each other, so which call has which number is chance.
    for report in done.story.reports(.toolStarted) {
      text = text.replacing("\"\(report.callID ?? "")\"", with: "\"\(report.tool ?? "")\"")
    }
    text = text.replacing(done.story.parts.values.first ?? "", with: "ID")
    let time = done.decision?["timestamp"]?.string ?? ""
    return text.replacing(time, with: "TIME")
  }
}
