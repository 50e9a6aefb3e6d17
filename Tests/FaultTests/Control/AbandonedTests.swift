import TestSupport
import Testing

extension Faults {
  /// Tasks that the gateway has given up, of which an agent has not told.
  @Suite(.timeLimit(.minutes(2)))
  struct AbandonedTests {
    @Test func `an agent that has begun a task and tells nobody in time is told to stop it`() async throws {
      let station = try Station()
      try await Clients.with(station) { clients in
        try await KeptAgent.serve(station) { agent, line in
          let settings = try station.giving(workTo: "kept", at: line.port, deadlines: ["firstEvent": 1])
          try await station.serve(settings: settings) { gateway in
            agent.answers = false
            let task = try await gateway.submit("m1", by: clients)
            let worked = try await gateway.ending(of: task, by: clients)
            #expect(worked.failure == "TIMEOUT", "\(worked.summary)")
            #expect(await eventually { agent.cancels.count == 1 }, "\(agent.cancels)")
            agent.allowed = KeptAgent.steps
            try await gateway.until(task, by: clients) { $0.notes.contains("abandoned") }
            let after = try await gateway.look(at: task, by: clients)
            #expect(after.isWhole && agent.cancels.values.allSatisfy { $0 == 1 }, "\(after.summary)")
          }
        }
      }
    }
  }
}
