import A2A
import AgentKit

// What becomes of a cancel and of a pause.
extension ConformanceBehaviour {
  static let control = [
    ConformanceBehaviour(
      ConformanceService.ignore,
      "tells of every 100 ms for 15 s; a cancel is answered with the task as it is, and changes nothing"
    ) { context in
      for step in 1...150 {
        try await context.progress("Not listening.", step: step, total: 150)
        try await Task.sleep(for: .milliseconds(100))
      }
      return .done("Done all the same.")
    },
    ConformanceBehaviour("test-refuse-cancel", "refuses for 5 s to be cancelled, with a reason; completes") { context in
      try await context.progress("Writing.")
      try await context.refusingCancel(because: "The decision is being written.") {
        try await Task.sleep(for: .seconds(5))
      }
      return .done("Written.")
    },
    ConformanceBehaviour(
      ConformanceService.die, "tells of every 100 ms; a cancel breaks its streams off and is never answered"
    ) { context in
      var step = 0
      while true {
        step += 1
        try await context.progress("Alive.", step: step)
        try await Task.sleep(for: .milliseconds(100))
      }
    },
    ConformanceBehaviour("test-late-cancel", "tells of every 100 ms; takes 2 s to end when it is cancelled") {
      context in
      do {
        while true {
          try await context.progress("Still here.")
          try await Task.sleep(for: .milliseconds(100))
        }
      } catch {
        await uncancelled(.seconds(2))
        throw error
      }
    },
    ConformanceBehaviour(
      "test-deep",
      "a tool in a tool, which looks at a checkpoint every 200 ms whether it is cancelled, and says where it stopped"
    ) { context in
      try await context.tool("outer") { _ in
        try await context.tool("inner") { inner in
          var step = 0
          do {
            while true {
              try await context.checkpoint()
              step += 1
              try await inner.progress(step: step, message: "rows read")
              await uncancelled(.milliseconds(200))
            }
          } catch is CancellationError {
            throw AgentFailure("Stopped at the checkpoint behind step \(step).")
          }
        }
      }
      return .done(nil)
    },
    ConformanceBehaviour(
      "test-pause", "five tools, one after the other; each ends when a message comes to the task; completes"
    ) { context in
      for number in 1...5 {
        try await context.tool("gated_\(number)") { _ in
          while try await context.takeMessages().isEmpty { try await Task.sleep(for: .milliseconds(20)) }
        }
      }
      return .done("All five are done.")
    },
    ConformanceBehaviour("test-pause-timed", "twenty tools of 500 ms, one after the other; completes") { context in
      for number in 1...20 {
        try await context.tool("step_\(number)") { _ in try await Task.sleep(for: .milliseconds(500)) }
      }
      return .done("All twenty are done.")
    },
  ]

  /// Not a child of the work, so cancelling the work does not reach it.
  private static func uncancelled(_ time: Duration) async {
    await Task.detached { try? await Task.sleep(for: time) }.value
  }
}
