import Foundation
import HTTP
import TestSupport
import Testing
import Wire

extension Faults {
  /// The gateway dies between the moment in which it hears of the ends of its tasks and the one in which they are stored.
  @Suite(.timeLimit(.minutes(3)))
  struct UncommittedEndTests {
    private static let tasks = 50

    @Test func `ends that were heard and not stored when the gateway died are told by the next one, each once`()
      async throws
    {
      let station = try Station()
      let ports = try Ports.free()
      try await Clients.with(station) { clients in
        try await KeptAgent.serve(station) { agent, line in
          let settings = try station.giving(workTo: "kept", at: line.port)
          let messages = (1...Self.tasks).map { "m\($0)" }
          let (tasks, seen) = try await station.serve(at: ports, settings: settings) { gateway in
            var tasks: [String] = []
            for message in messages { tasks.append(try await gateway.submit(message, by: clients)) }
            let crowd = Crowd(Self.tasks) { [tasks] in
              Watcher(clients: clients, port: ports.people, tasks: [tasks[$0]])
            }
            let seen = Task { try await crowd.watch { try await crowd.untilDone() } }
            try await crowd.untilArrived()
            agent.allowed = KeptAgent.steps - 1
            for task in tasks {
              try await gateway.until(task, by: clients) { $0.tells("Step \(KeptAgent.steps - 1).") }
            }
            let held = try await HeldJournal.hold(station.journal)
            agent.allowed = KeptAgent.steps
            // What is counted has been heard.
            #expect(try await eventually { try await Self.ends(at: gateway, clients) == Self.tasks })
            for task in tasks {
              let worked = try await gateway.look(at: task, by: clients)
              #expect(!worked.isFinal && worked.endings.isEmpty, "\(worked.summary)")
            }
            try await gateway.kill()
            _ = consume held
            return (tasks, seen)
          }
          try await station.serve(at: ports, settings: settings) { gateway in
            let watched = try await seen.value
            for ((message, task), watched) in zip(zip(messages, tasks), watched) {
              let worked = try await gateway.ending(of: task, by: clients)
              #expect(worked.isWhole && worked.state == "completed", "\(worked.summary)")
              #expect(worked.failure == nil && agent.begun[message] == 1, "\(worked.summary)")
              // The last step went down with the gateway. What is not in the record is said not to be.
              let isTold = worked.tells("Step \(KeptAgent.steps).") || !worked.kinds("gap").isEmpty
              #expect(isTold, "\(worked.summary)")
              try await gateway.expectAll(of: task, in: watched, by: clients)
            }
          }
        }
      }
    }

    /// How many tasks have ended, as the gateway counts them.
    private static func ends(at gateway: ServedProcess, _ clients: Clients) async throws -> Int {
      let answer = try await clients.watcher.send(
        ClientRequest(.get, try Clients.url(gateway.ports.admin, "/metrics")))
      let text = String(decoding: try await answer.body.collect(limit: 4 << 20), as: UTF8.self)
      try #require(answer.status.code == 200, "\(text)")
      return text.split(separator: "\n").filter { $0.hasPrefix("signalbox_tasks_ended_total{") }
        .compactMap { $0.split(separator: " ").last.flatMap { Int($0) } }.reduce(0, +)
    }
  }
}
