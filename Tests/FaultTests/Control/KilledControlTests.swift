import Foundation
import HTTP
import JSON
import TestSupport
import Testing

extension Faults {
  /// The gateway dies between the moment in which a command is taken and the one in which the agent hears of it.
  @Suite(.timeLimit(.minutes(5)))
  struct KilledControlTests {
    private static let tasks = 50

    @Test
    func `a cancel that was taken and not delivered when the gateway was killed is delivered by the next one, once`()
      async throws
    {
      let station = try Station()
      let ports = try Ports.free()
      try await Clients.with(station) { clients in
        try await KeptAgent.serve(station) { agent, line in
          let settings = try station.giving(workTo: "kept", at: line.port)
          let (tasks, seen) = try await station.serve(at: ports, settings: settings) { gateway in
            // Nobody can be asked to stop a task of which the agent has not told.
            agent.answers = false
            var tasks: [String] = []
            for number in 1...Self.tasks { tasks.append(try await gateway.submit("m\(number)", by: clients)) }
            #expect(await eventually { agent.received == Self.tasks })
            let crowd = Crowd(Self.tasks) { [tasks] in
              Watcher(clients: clients, port: ports.people, tasks: [tasks[$0]])
            }
            let seen = Task { try await crowd.watch { try await crowd.untilDone() } }
            try await crowd.untilArrived()
            for task in tasks {
              let (status, body) = try await gateway.post("/api/tasks/\(task):cancel", Self.cancel, by: clients)
              #expect(status.code == 202, "\(String(decoding: body, as: UTF8.self))")
            }
            try await gateway.kill()
            return (tasks, seen)
          }
          agent.answers = true
          try await station.serve(at: ports, settings: settings) { gateway in
            for task in tasks { try await gateway.until(task, by: clients) { $0.notes.contains("delivered") } }
            // The work is told to stop, and finds out at its next step.
            agent.allowed = KeptAgent.steps
            let watched = try await seen.value
            for (task, watched) in zip(tasks, watched) {
              let worked = try await gateway.ending(of: task, by: clients)
              #expect(worked.isWhole && worked.state == "canceled", "\(worked.summary)")
              #expect(worked.notes.count { $0 == "delivered" } == 1, "\(worked.summary)")
              #expect(worked.commands("cancel") == 1, "\(worked.summary)")
              #expect(worked.verdicts == ["stopped"], "\(worked.verdicts), \(worked.summary)")
              try await gateway.expectAll(of: task, in: watched, by: clients)
              // What was sent once more is known, though the task has ended and the gateway is another one.
              let (status, body) = try await gateway.post("/api/tasks/\(task):cancel", Self.cancel, by: clients)
              let again = try JSONValue(parsing: body)
              #expect(status.code == 202 || status.code == 200, "\(status)")
              #expect(again["repeated"]?.bool == true && again["verdict"]?["verdict"]?.string == "stopped")
            }
            #expect(
              agent.cancels.count == Self.tasks && agent.cancels.values.allSatisfy { $0 == 1 }, "\(agent.cancels)")
          }
        }
      }
    }

    private static let cancel = Array(#"{"id":"stop-1","why":"It is not needed any more."}"#.utf8)
  }
}

extension WorkedTask {
  func commands(_ word: String) -> Int { kinds("command").count { $0["data"]?["command"]?.string == word } }
  var verdicts: [String] { kinds("verdict").compactMap { $0["data"]?["verdict"]?.string } }
}
