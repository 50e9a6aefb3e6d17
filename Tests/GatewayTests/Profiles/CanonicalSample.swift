import A2A
import Journal

@testable import Gateway

/// For each type that is journaled, records that tell it: those before, and those of it.
struct CanonicalSample {
  var script = RunScript()
  /// How many records come before those that tell the type.
  var start = 0

  var records: ArraySlice<Record> { script.records[start...] }

  init(_ type: CanonicalType) {
    if type == .taskSubmitted { script.submit() } else { script.open() }
    if type != .taskSubmitted { script.status(.working) }
    if type == .resumed { script.report(.paused) }
    start = script.records.count
    tell(type)
  }

  private mutating func tell(_ type: CanonicalType) {
    switch type {
    case .streamOpened, .heartbeat: break
    case .taskSubmitted:
      script.say(.task(AgentTask(id: "t", contextID: "c", status: TaskStatus(.submitted))), by: "gateway")
    case .analysisStarted: script.report(.analysisStarted)
    case .progress: script.status(.working, "Half of it is done.")
    case .routing: script.report(.routing)
    case .agentHandoff: script.report(.agentHandoff)
    case .stepStarted: script.report(.stepStarted)
    case .stepCompleted: script.report(.stepCompleted)
    case .thinking: script.report(.thinking) { $0.message = "It may be so." }
    case .toolStarted: script.report(.toolStarted) { $0.tool = "load" }
    case .toolProgress: script.report(.toolProgress) { $0.tool = "load" }
    case .toolCompleted: script.report(.toolCompleted) { $0.tool = "load" }
    case .toolFailed: script.report(.toolFailed) { $0.tool = "load" }
    case .modelStarted: script.report(.modelStarted)
    case .modelChunk:
      script.artifact(Artifact(id: "words", parts: [.text("It ")]), append: true, ProgressReport(.modelChunk))
    case .modelCompleted: script.report(.modelCompleted)
    case .modelFailed: script.report(.modelFailed)
    case .budgetWarning: script.report(.budgetWarning)
    case .budgetExceeded: script.report(.budgetExceeded)
    case .inputRequired:
      script.status(.inputRequired, "Which one?")
      script.put(.question, #"{"question":"q1","state":"open","kind":"input","text":"Which one?"}"#)
    case .inputReceived: script.say(answer: "This one.")
    case .paused: script.report(.paused)
    case .resumed: script.report(.resumed)
    case .cancelRequested: script.put(.command, #"{"command":"cancel","id":"c1","by":"kim"}"#)
    case .verdict: script.put(.verdict, #"{"verdict":"refused","command":"cancel","id":"c1","by":"kim","why":"No."}"#)
    case .artifact: script.artifact(Artifact(id: "answer", parts: [.text("The result.")]))
    case .gap: script.put(.gap, #"{"why":"The line was cut."}"#)
    case .custom: script.report(.init("coffee_break"))
    case .taskCompleted: script.status(.completed, "Done.")
    case .taskCanceled: script.status(.canceled)
    case .taskRejected: script.status(.rejected, "Not mine.")
    case .taskFailed: script.status(.failed, "It broke.")
    }
  }
}
