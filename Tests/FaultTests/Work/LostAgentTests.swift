import Foundation
import HTTP
import Identity
import JSON
import TestSupport
import Testing
import Wire

extension Faults {
  /// An agent dies, falls silent, is cut off or breaks the rules, while a gateway has given it work.
  @Suite(.timeLimit(.minutes(3)))
  struct LostAgentTests {
    @Test func `a task whose agent is not there ends at once, and says so`() async throws {
      let station = try Station()
      let port = try Ports.free().agents
      try await Clients.with(station) { clients in
        try await station.serve(settings: try station.giving(workTo: "gone", at: port)) { gateway in
          let task = try await gateway.submit("m", by: clients)
          let worked = try await gateway.ending(of: task, by: clients)
          #expect(worked.isWhole && worked.failure == "AGENT_UNAVAILABLE", "\(worked.summary)")
          #expect(worked.words?.isEmpty == false)
        }
      }
    }

    @Test func `a task whose agent is killed and comes back without its memory ends with the cause`() async throws {
      let station = try Station()
      let port = try Ports.free().agents
      try await Clients.with(station) { clients in
        try await station.serve(settings: try station.giving(workTo: "conformance", at: port)) { gateway in
          let task = try await station.conformanceAgent(at: port) { agent in
            let task = try await gateway.submit("test-endless", by: clients)
            try await gateway.until(task, by: clients) { $0.kinds("event").count > 5 }
            agent.signal(SIGKILL)
            _ = try await agent.exit()
            return task
          }
          try await gateway.until(task, by: clients) { $0.notes.contains("agent-lost") }
          try await station.conformanceAgent(at: port) { _ in
            let worked = try await gateway.ending(of: task, by: clients)
            #expect(worked.isWhole && worked.failure == "AGENT_LOST", "\(worked.summary)")
          }
        }
      }
    }

    @Test func `an agent that falls silent is asked again, and its task goes on where it is found`() async throws {
      let station = try Station()
      let port = try Ports.free().agents
      try await Clients.with(station) { clients in
        let settings = try station.giving(workTo: "conformance", at: port, deadlines: ["silence": 2])
        try await station.serve(settings: settings) { gateway in
          try await station.conformanceAgent(at: port) { agent in
            let task = try await gateway.submit("test-endless", by: clients)
            try await gateway.until(task, by: clients) { $0.kinds("event").count > 5 }
            agent.signal(SIGSTOP)
            try await gateway.until(task, by: clients) { $0.notes.contains("agent-lost") }
            agent.signal(SIGCONT)
            try await gateway.until(task, by: clients) { $0.notes.contains("agent-found") }
            let path = "/api/tasks/\(task):cancel?wait=60"
            let (status, body) = try await gateway.post(path, Array("{}".utf8), by: clients)
            #expect(status.code == 200, "\(String(decoding: body, as: UTF8.self))")
            let worked = try await gateway.ending(of: task, by: clients)
            #expect(worked.isWhole && worked.state == "canceled" && worked.failure == nil, "\(worked.summary)")
          }
        }
      }
    }

    @Test func `a task whose line is cut again and again ends as its agent has ended it`() async throws {
      let station = try Station()
      try await Clients.with(station) { clients in
        try await KeptAgent.serve(station) { agent, line in
          try await station.serve(settings: try station.giving(workTo: "kept", at: line.port)) { gateway in
            let task = try await gateway.submit("m", by: clients)
            for step in 1...3 {
              agent.allowed = step
              try await gateway.until(task, by: clients) { $0.tells("Step \(step).") }
              line.cut()
              try await gateway.until(task, by: clients) { $0.notes.count { $0 == "agent-found" } == step }
            }
            agent.allowed = KeptAgent.steps
            let worked = try await gateway.ending(of: task, by: clients)
            #expect(worked.isWhole && worked.state == "completed", "\(worked.summary)")
            #expect(agent.begun == ["m": 1])
          }
        }
      }
    }

    @Test func `what an agent did while it was out of reach is in the record, with the gap before it`() async throws {
      let station = try Station()
      try await Clients.with(station) { clients in
        try await KeptAgent.serve(station) { agent, line in
          try await station.serve(settings: try station.giving(workTo: "kept", at: line.port)) { gateway in
            let task = try await gateway.submit("m", by: clients)
            agent.allowed = 2
            try await gateway.until(task, by: clients) { $0.tells("Step 2.") }
            line.mode = .dead
            try await gateway.until(task, by: clients) { $0.notes.contains("agent-lost") }
            agent.allowed = KeptAgent.steps
            line.mode = .pass
            let worked = try await gateway.ending(of: task, by: clients)
            #expect(worked.isWhole && worked.state == "completed", "\(worked.summary)")
            #expect(!worked.kinds("gap").isEmpty && worked.notes.contains("agent-found"), "\(worked.summary)")
            #expect(agent.begun == ["m": 1])
          }
        }
      }
    }

    @Test(arguments: RudeAgent.allCases)
    func `an agent that breaks the protocol ends its task once, and what it says after the end changes nothing`(
      _ agent: RudeAgent
    ) async throws {
      let station = try Station()
      try await Clients.with(station) { clients in
        try await agent.serve(station) { port in
          try await station.serve(settings: try station.giving(workTo: "rude", at: port)) { gateway in
            let task = try await gateway.submit("m", by: clients)
            var worked = try await gateway.ending(of: task, by: clients)
            if agent == .endless {
              try await gateway.until(task, by: clients) { !$0.kinds("late").isEmpty }
              worked = try await gateway.look(at: task, by: clients)
              #expect(worked.state == "completed", "\(worked.summary)")
            } else {
              #expect(worked.failure == "AGENT_PROTOCOL", "\(worked.summary)")
            }
            #expect(worked.isWhole, "\(worked.summary)")
          }
        }
      }
    }

    enum EndOfCertificate: CaseIterable {
      case revoked
      case expired
    }

    @Test(arguments: EndOfCertificate.allCases)
    func `a certificate that ends while a task runs is noticed with the next connection, and told`(
      _ end: EndOfCertificate
    ) async throws {
      // One that is good for a day, and had all of it but this when the test began.
      let begun = UnixTime.now().adding(seconds: 25 - 86_400)
      let station = try Station(since: begun)
      if end == .expired { _ = try station.pki.issueClient(.agent, name: "gateway", validityInDays: 1, now: begun) }
      let port = try Ports.free().agents
      try await Clients.with(station) { clients in
        try await AgentLine.with(to: port) { line in
          let settings = try station.giving(workTo: "conformance", at: line.port, deadlines: ["lost": 5])
          try await station.serve(settings: settings) { gateway in
            try await station.conformanceAgent(at: port, behind: line.port) { agent in
              let task = try await gateway.submit("test-endless", by: clients)
              try await gateway.until(task, by: clients) { $0.kinds("event").count > 5 }
              if end == .revoked {
                _ = try station.pki.revoke(.agent, name: "gateway", now: .now())
                agent.signal(SIGHUP)
              }
              // At some moment after that the agent knows; a connection that is made before goes on.
              _ = try await eventually(within: .seconds(90)) {
                line.cut()
                try await Task.sleep(for: .seconds(1))
                return try await gateway.look(at: task, by: clients).isFinal
              }
              let worked = try await gateway.look(at: task, by: clients)
              #expect(worked.isWhole && worked.failure == "AGENT_LOST", "\(worked.summary)")
              #expect(worked.words?.contains("certificate_\(end)") == true, "\(worked.summary)")
            }
          }
        }
      }
    }

    @Test func `the copy of a journal that was made while tasks ran goes on with them, and nothing runs twice`()
      async throws
    {
      let station = try Station()
      try await Clients.with(station) { clients in
        try await KeptAgent.serve(station) { agent, line in
          let settings = try station.giving(workTo: "kept", at: line.port)
          let messages = (1...10).map { "m\($0)" }
          let tasks = try await station.serve(settings: settings) { gateway in
            var tasks: [String] = []
            for message in messages { tasks.append(try await gateway.submit(message, by: clients)) }
            #expect(await eventually { agent.begun.count == tasks.count })
            agent.allowed = 3
            let folder = station.folder.path("copy")
            try FileManager.default.createDirectory(
              atPath: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
            for file in ["journal.sqlite", "journal.sqlite-wal"] {
              try FileManager.default.copyItem(
                atPath: station.folder.path("state/\(file)"), toPath: "\(folder)/\(file)")
            }
            try await gateway.kill()
            return tasks
          }
          agent.allowed = KeptAgent.steps
          try await station.serve(state: "copy", settings: settings) { gateway in
            for task in tasks {
              let worked = try await gateway.ending(of: task, by: clients)
              #expect(worked.isWhole && worked.state == "completed", "\(worked.summary)")
            }
          }
          #expect(agent.begun.values.allSatisfy { $0 == 1 })
        }
      }
    }
  }
}
