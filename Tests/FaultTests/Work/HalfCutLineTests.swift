import HTTP
import TestSupport
import Testing

extension Faults {
  /// One direction of the line between a gateway and its agent carries nothing any more, and neither end is told.
  @Suite(.timeLimit(.minutes(3)))
  struct HalfCutLineTests {
    @Test func `a task whose agent is not heard any more goes on, with the gap before it, where it is heard again`()
      async throws
    {
      let station = try Station()
      try await Clients.with(station) { clients in
        try await KeptAgent.serve(station) { agent, line in
          let settings = try station.giving(workTo: "kept", at: line.port, deadlines: ["silence": 2])
          try await station.serve(settings: settings) { gateway in
            let task = try await gateway.submit("m", by: clients)
            try await gateway.watching([task], by: clients) {
              agent.allowed = 2
              try await gateway.until(task, by: clients) { $0.tells("Step 2.") }
              line.mode = .holdToGateway
              agent.allowed = KeptAgent.steps
              try await gateway.until(task, by: clients) { $0.notes.contains("agent-lost") }
              let lost = try await gateway.look(at: task, by: clients)
              #expect(!lost.isFinal && !lost.tells("Step 3."), "\(lost.summary)")
              line.mode = .pass
              let worked = try await gateway.ending(of: task, by: clients)
              #expect(worked.isWhole && worked.state == "completed", "\(worked.summary)")
              #expect(!worked.kinds("gap").isEmpty && worked.notes.contains("agent-found"), "\(worked.summary)")
            }
            #expect(agent.begun == ["m": 1])
          }
        }
      }
    }

    @Test func `a task whose agent is not heard again ends with the cause, whatever the agent makes of it`()
      async throws
    {
      let station = try Station()
      try await Clients.with(station) { clients in
        try await KeptAgent.serve(station) { agent, line in
          let settings = try station.giving(workTo: "kept", at: line.port, deadlines: ["silence": 2, "lost": 3])
          try await station.serve(settings: settings) { gateway in
            let task = try await gateway.submit("m", by: clients)
            try await gateway.watching([task], by: clients) {
              agent.allowed = 2
              try await gateway.until(task, by: clients) { $0.tells("Step 2.") }
              line.mode = .holdToGateway
              agent.allowed = KeptAgent.steps
              let worked = try await gateway.ending(of: task, by: clients)
              #expect(worked.isWhole && worked.failure == "AGENT_LOST", "\(worked.summary)")
              #expect(worked.words?.contains("silent for 2000 ms") == true, "\(worked.summary)")
              #expect(worked.words?.contains("not found again within 3 s") == true, "\(worked.summary)")
            }
            #expect(agent.begun == ["m": 1])
          }
        }
      }
    }

    @Test func `what an agent tells that hears nothing is told on, and what does not reach it is said not to`()
      async throws
    {
      let station = try Station()
      try await Clients.with(station) { clients in
        try await KeptAgent.serve(station) { agent, line in
          let settings = try station.giving(workTo: "kept", at: line.port, deadlines: ["firstEvent": 5])
          try await station.serve(settings: settings) { gateway in
            let task = try await gateway.submit("m", by: clients)
            try await gateway.watching([task], by: clients) {
              agent.allowed = 2
              try await gateway.until(task, by: clients) { $0.tells("Step 2.") }
              line.mode = .holdToAgent
              agent.allowed = 3
              try await gateway.until(task, by: clients) { $0.tells("Step 3.") }

              async let cancelled = gateway.post("/api/tasks/\(task):cancel?wait=60", Array("{}".utf8), by: clients)
              let other = try await gateway.submit("other", by: clients)
              try await gateway.watching([other], by: clients) {
                let refused = try await gateway.ending(of: other, by: clients)
                #expect(refused.isWhole, "\(refused.summary)")
                // On a connection that was kept the message may be on its way for all that anybody knows.
                #expect(["AGENT_UNAVAILABLE", "TIMEOUT"].contains(refused.failure), "\(refused.summary)")
              }
              let (status, body) = try await cancelled
              let text = String(decoding: body, as: UTF8.self)
              #expect(status.code == 200 && text.contains(#""verdict":"undelivered""#), "\(status): \(text)")

              agent.allowed = KeptAgent.steps
              let worked = try await gateway.ending(of: task, by: clients)
              #expect(worked.isWhole && worked.state == "completed", "\(worked.summary)")
              #expect(worked.kinds("gap").isEmpty && !worked.notes.contains("agent-lost"), "\(worked.summary)")
              #expect((1...KeptAgent.steps).allSatisfy { worked.tells("Step \($0).") }, "\(worked.summary)")
            }
            #expect(agent.begun == ["m": 1])
          }
        }
      }
    }
  }
}
