import TestSupport
import Testing

extension Faults {
  /// What people are told of agents that do not do as they are asked, through a real gateway from real agents.
  @Suite(.timeLimit(.minutes(3)))
  struct StubbornAgentTests {
    @Test func `whoever ignores, refuses or falls silent is told of as that, and whoever pauses begins nothing`()
      async throws
    {
      let station = try Station()
      let port = try Ports.free().agents
      try await Clients.with(station) { clients in
        try await station.conformanceAgent(at: port) { _ in
          let settings = try station.giving(workTo: "tester", at: port) + ["control.cancelSeconds=2"]
          try await station.serve(settings: settings) { gateway in
            async let ignored = Self.cancel("test-ignore-cancel", at: gateway, clients)
            async let refused = Self.cancel("test-refuse-cancel", at: gateway, clients)
            async let silent = Self.cancel("test-die-cancel", at: gateway, clients)
            async let paused: Void = Self.pause(at: gateway, clients)
            let deaf = try await ignored
            #expect(deaf.word == "ignored" && deaf.task.state == "canceled", "\(deaf)")
            #expect(try await refused.word == "refused")
            let gone = try await silent
            #expect(["ignored", "undelivered"].contains(gone.word), "\(gone)")
            try await paused
            // The agent is at it still, which stays to be seen.
            try await gateway.until(deaf.id, by: clients) { !$0.kinds("late").isEmpty }
            #expect(try await gateway.look(at: deaf.id, by: clients).state == "canceled")
          }
        }
      }
    }

    private static func cancel(
      _ behaviour: String, at gateway: ServedProcess, _ clients: Clients
    ) async throws -> (word: String, id: String, task: WorkedTask) {
      let task = try await gateway.submit("\(behaviour)-1", by: clients)
      try await gateway.until(task, by: clients) { $0.records.count > 4 }
      let verdict = try await gateway.verdict("cancel", of: task, by: clients)
      return (verdict.word, task, try await gateway.look(at: task, by: clients))
    }

    private static func pause(at gateway: ServedProcess, _ clients: Clients) async throws {
      let task = try await gateway.submit("test-pause-1", by: clients)
      try await gateway.until(task, by: clients) { $0.reports.contains("tool_started gated_1") }
      #expect(try await gateway.verdict("pause", of: task, by: clients).word == "paused")
      _ = try await gateway.post("/api/tasks/\(task)/messages?wait=30", Array(#"{"text":"Go on"}"#.utf8), by: clients)
      try await gateway.until(task, by: clients) { $0.reports.contains("tool_completed gated_1") }
      #expect(try await gateway.look(at: task, by: clients).reports.contains("tool_started gated_2") == false)
      #expect(try await gateway.verdict("resume", of: task, by: clients).word == "resumed")
      try await gateway.until(task, by: clients) { $0.reports.contains("tool_started gated_2") }
      #expect(try await gateway.verdict("cancel", of: task, by: clients).word == "stopped")
    }
  }
}
