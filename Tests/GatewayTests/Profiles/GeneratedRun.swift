import A2A
import JSON
import Journal
import TestSupport

@testable import Gateway

/// A run that begins and may end, with anything in between, in any order.
struct GeneratedRun {
  private(set) var script = RunScript()
  private var random: SeededRandom

  init(seed: UInt64) throws {
    random = SeededRandom(seed: seed)
    if chance(1, of: 5) {
      // A producer's.
      script.say(.task(AgentTask(id: "t", contextID: "c", status: TaskStatus(.submitted))), by: "gateway")
    } else {
      script.open("Look at \(seed).")
    }
    for _ in 0..<Int.random(in: 0...40, using: &random) { try step() }
    if chance(3, of: 4) {
      script.status([.completed, .failed, .canceled, .rejected][number(4)], chance(1, of: 2) ? "The end." : nil)
      if chance(1, of: 2) { script.put(.late, #"{"statusUpdate":{}}"#) }
    }
  }

  private mutating func number(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &random) }
  private mutating func chance(_ count: Int, of all: Int) -> Bool { number(all) < count }

  private static let kinds: [ProgressReport.Kind] = [
    .analysisStarted, .progress, .routing, .agentHandoff, .stepStarted, .stepCompleted, .thinking, .toolStarted,
    .toolProgress, .toolCompleted, .toolFailed, .modelStarted, .modelCompleted, .modelFailed, .budgetWarning,
    .budgetExceeded, .paused, .resumed, .analysisComplete, .error, .init("odd"),
  ]

  private mutating func step() throws {
    switch number(12) {
    case 0: script.status([.working, .inputRequired, .authRequired][number(3)], chance(1, of: 2) ? "So far." : nil)
    case 1: script.artifact(Artifact(id: "a\(number(3))", parts: [.text("x\(number(9))")]), append: chance(1, of: 2))
    case 2:
      var snapshot = AgentTask(id: "t", contextID: "c", status: TaskStatus([.submitted, .working][number(2)]))
      snapshot.artifacts = (0..<number(4)).map { Artifact(id: "s\($0)", parts: [.text("y\(number(3))")]) }
      script.say(.task(snapshot))
    case 3: script.put(.question, #"{"question":"q1","state":"open","kind":"input","text":"Which?"}"#)
    case 4: script.say(answer: "This one.")
    case 5:
      script.put([.gap, .note, .verdict, .command][number(4)], #"{"why":"so","verdict":"paused","command":"cancel"}"#)
    case 6: script.put(.event, #"{"type":"tool_start","tool_name":"load","free":\#(number(9))}"#)
    case 7: script.artifact(Artifact(id: "w", parts: [.text("w ")]), append: true, ProgressReport(.modelChunk))
    default:
      let kind = Self.kinds[number(Self.kinds.count)]
      let (tool, id, step) = (number(3), number(4), number(5))
      script.report(kind) { report in
        report.tool = "tool\(tool)"
        if id > 0 { report.callID = "c\(id)" }
        (report.step, report.total) = (step, 4)
        report.message = step == 0 ? nil : "Step \(step)\nof it."
        if step == 2 { report.summary = String(repeating: "s", count: 600) }
        if step == 3 { report.error = "It did not." }
      }
    }
  }
}
