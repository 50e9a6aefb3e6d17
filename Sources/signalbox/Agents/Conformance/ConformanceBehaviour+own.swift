import A2A
import AgentKit

// What our own tests ask for.
extension ConformanceBehaviour {
  static let own = [
    ConformanceBehaviour(
      "test-progress", "three steps, two tools at once, one that fails, an artifact in pieces; completes"
    ) { context in
      for step in 1...3 {
        try await context.progress("Step \(step).", type: .stepStarted, phase: "preparation", step: step, total: 3)
      }
      try await withThrowingTaskGroup { group in
        for name in ["count_rows", "read_news"] {
          group.addTask {
            try await context.tool(name) { tool in
              for step in 1...3 { try await tool.progress(step: step, total: 3, records: step * 10) }
              tool.summary("30 records.")
            }
          }
        }
        try await group.waitForAll()
      }
      do {
        try await context.tool("ask_oracle") { _ in throw AgentFailure("The oracle is silent.") }
      } catch is AgentFailure {
        // One that is not needed.
      }
      for (number, piece) in ["one, ", "two, ", "three"].enumerated() {
        try await context.artifact(
          Artifact(id: "report", parts: [.text(piece)], name: "Report"), append: number > 0, lastChunk: number == 2)
      }
      return .done("All steps are done.")
    },
    ConformanceBehaviour("test-question", "asks with a form (60 s, then \"unknown\"); completes with the answer") {
      context in
      let outcome = try await context.ask(
        QuestionDraft(
          "Was the trade cleared beforehand?", why: "The register has no entry for it.",
          fields: [
            QuestionField(
              "cleared", "Cleared",
              .choice([.init("yes", "Yes, seen"), .init("no", "No, or denied"), .init("unknown", "Not known")])),
            QuestionField("note", "Note", .longtext(maximumLength: 500), isRequired: false),
          ], within: .seconds(60),
          otherwise: .init(["cleared": .text("unknown")], consequence: "it is taken as not known.")))
      guard case .text(let cleared)? = outcome["cleared"] else { return .done("Declined.") }
      return .done("\(outcome.source == .answered ? "Answered" : "Taken as"): \(cleared)")
    },
    ConformanceBehaviour("test-slow", "works for 2 s, telling of each half second; completes") { context in
      for step in 1...4 {
        try await context.progress("Slowly.", step: step, total: 4)
        try await Task.sleep(for: .milliseconds(500))
      }
      return .done("Slow, and done.")
    },
    ConformanceBehaviour("test-fail", "works, fails with a sentence") { context in
      try await context.progress("Working.")
      throw AgentFailure("The market data of 2026-03-01 is missing.")
    },
    ConformanceBehaviour("test-crash", "works, fails with an error that tells nothing") { context in
      try await context.progress("Working.")
      throw ScriptedCrash(secret: "This must not be seen.")
    },
    ConformanceBehaviour("test-endless", "tells of every 100 ms until it is cancelled") { context in
      var step = 0
      while true {
        step += 1
        try await context.progress("Still here.", step: step)
        try await Task.sleep(for: .milliseconds(100))
      }
    },
    ConformanceBehaviour("test-steady", "tells of every 500 ms, each with its number, until it is cancelled") {
      context in
      var step = 0
      while true {
        step += 1
        try await context.progress("Step \(step).", step: step)
        try await Task.sleep(for: .milliseconds(500))
      }
    },
    ConformanceBehaviour(
      ConformanceService.cut, "breaks its streams off behind three events; works on for 1 s, completes"
    ) { context in
      for step in 1...4 {
        try await context.progress("Step \(step).", step: step, total: 4)
        try await Task.sleep(for: .milliseconds(250))
      }
      return .done("Done, whoever was there to see it.")
    },
    ConformanceBehaviour("test-flood", "10,000 events as fast as they go; completes") { context in
      for step in 1...10_000 { try await context.progress("Flood.", step: step, total: 10_000) }
      return .done("That was the flood.")
    },
  ]
}

/// An error that an agent did not foresee.
private struct ScriptedCrash: Error {
  let secret: String
}
