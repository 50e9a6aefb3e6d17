import Foundation
import TestSupport
import Testing

extension Faults {
  /// The gateway dies while agents work for it, and comes back.
  @Suite(.timeLimit(.minutes(5)))
  struct KilledGatewayWorkTests {
    private static let tasks = 50

    /// The moment in which it dies.
    enum Moment: String, CaseIterable {
      /// Connections to the agent are being made, and nothing has left.
      case beforeSend
      /// The agent works on all of them, and the gateway has heard nothing.
      case afterSend
      case midStream
      /// The agents have ended all of them; nobody knows how much of that is stored.
      case atTheEnd
    }

    @Test(arguments: Moment.allCases)
    func
      `every task ends once and truly, nothing runs twice, and no watcher misses anything, when the gateway is killed`(
        _ moment: Moment
      ) async throws
    {
      let station = try Station()
      let ports = try Ports.free()
      try await Clients.with(station) { clients in
        try await KeptAgent.serve(station) { agent, line in
          let settings = try station.giving(workTo: "kept", at: line.port, deadlines: ["connect": 60])
          let messages = (1...Self.tasks).map { "m\($0)" }
          let (tasks, seen) = try await station.serve(at: ports, settings: settings) { gateway in
            try await Self.prepare(moment, agent, line)
            var tasks: [String] = []
            for message in messages { tasks.append(try await gateway.submit(message, by: clients)) }
            let crowd = Crowd(Self.tasks) { [tasks] in Watcher(clients: clients, port: ports.people, tasks: [tasks[$0]])
            }
            let seen = Task { try await crowd.watch { try await crowd.untilDone() } }
            try await crowd.untilArrived()
            try await Self.reach(moment, agent, line, tasks, gateway, clients)
            try await gateway.kill()
            return (tasks, seen)
          }
          let began = agent.begun.count
          line.mode = .pass
          agent.answers = true
          agent.allowed = KeptAgent.steps
          try await station.serve(at: ports, settings: settings) { gateway in
            for watched in try await seen.value {
              #expect(watched.checker.faults.isEmpty && watched.checker.isFinished, "\(watched.summary)")
            }
            var ends: [String: Int] = [:]
            for (message, task) in zip(messages, tasks) {
              let worked = try await gateway.ending(of: task, by: clients)
              #expect(worked.isWhole, "\(worked.summary)")
              // An end of the agent's own is that of a task which it worked on, and the other way round.
              #expect((worked.state == "completed") == (agent.begun[message] == 1), "\(worked.summary)")
              ends[worked.failure ?? worked.state, default: 0] += 1
            }
            #expect(agent.begun.values.allSatisfy { $0 == 1 }, "\(agent.begun.filter { $0.value > 1 })")
            #expect(ends == ["completed": Self.tasks], "\(ends)")
            // A connection by which the card came may have been there still.
            #expect(moment == .beforeSend ? began < 5 : began == Self.tasks, "\(began)")
            print("A gateway killed \(moment): \(ends) of \(Self.tasks) tasks")
          }
        }
      }
    }

    private static func prepare(_ moment: Moment, _ agent: KeptAgent, _ line: AgentLine) async throws {
      switch moment {
      case .beforeSend: line.mode = .holdNew
      case .afterSend: agent.answers = false
      case .midStream, .atTheEnd: break
      }
    }

    /// Returns when the moment is there.
    private static func reach(
      _ moment: Moment, _ agent: KeptAgent, _ line: AgentLine, _ tasks: [String], _ gateway: ServedProcess,
      _ clients: Clients
    ) async throws {
      switch moment {
      case .beforeSend:
        #expect(await eventually { line.held + agent.received >= tasks.count })
      case .afterSend:
        #expect(await eventually { agent.received == tasks.count && agent.begun.count == tasks.count })
      case .midStream:
        #expect(await eventually { agent.begun.count == tasks.count })
        agent.allowed = 3
        let last = try #require(tasks.last)
        _ = try await eventually { try await gateway.look(at: last, by: clients).records.count > 5 }
      case .atTheEnd:
        #expect(await eventually { agent.begun.count == tasks.count })
        agent.allowed = KeptAgent.steps
      }
    }
  }
}
