import Foundation
import HTTP
import TestSupport
import Testing
import Wire

extension Faults {
  /// The certificate of an agent ends while it works for a gateway.
  @Suite(.timeLimit(.minutes(3)))
  struct AgentCertificateTests {
    typealias End = AgentCertificate.End

    @Test(arguments: End.allCases)
    func `a stream that is open goes on to the task's own end, and nobody is given work by a new call any more`(
      _ end: End
    ) async throws {
      try await Self.run(end) { agent, line, gateway, clients, endIt in
        let task = try await gateway.submit("m", by: clients)
        try await gateway.watching([task], by: clients) {
          agent.allowed = 2
          try await gateway.until(task, by: clients) { $0.tells("Step 2.") }
          try await endIt()
          agent.allowed = 3
          try await gateway.until(task, by: clients) { $0.tells("Step 3.") }
          try await Self.expectRefusal(end, gateway, clients)
          agent.allowed = KeptAgent.steps
          let worked = try await gateway.ending(of: task, by: clients)
          #expect(worked.isWhole && worked.state == "completed", "\(worked.summary)")
          #expect(worked.kinds("gap").isEmpty && !worked.notes.contains("agent-lost"), "\(worked.summary)")
        }
        // The connection on which the stream came is not one more way to the agent.
        let looked = line.connections
        #expect(await eventually { line.connections >= looked + 1 })
        try await Self.expectRefusal(end, gateway, clients)
        #expect(agent.begun == ["m": 1])
      }
    }

    @Test(arguments: End.allCases)
    func `a task whose stream is cut then is not asked for any more, and ends with the cause`(_ end: End) async throws {
      try await Self.run(end) { agent, line, gateway, clients, endIt in
        let task = try await gateway.submit("m", by: clients)
        try await gateway.watching([task], by: clients) {
          agent.allowed = 2
          try await gateway.until(task, by: clients) { $0.tells("Step 2.") }
          try await endIt()
          line.cut()
          agent.allowed = KeptAgent.steps
          let worked = try await gateway.ending(of: task, by: clients)
          #expect(worked.isWhole && worked.failure == "AGENT_LOST", "\(worked.summary)")
          #expect(worked.words?.contains("certificate has expired") == (end == .expired), "\(worked.summary)")
          #expect(worked.words?.contains("certificate revoked") == (end == .revoked), "\(worked.summary)")
          #expect(!worked.tells("Step 3."), "\(worked.summary)")
        }
        try await Self.expectRefusal(end, gateway, clients)
        #expect(agent.begun == ["m": 1])
      }
    }

    /// Runs an agent whose certificate is good until the last parameter of `body` has returned.
    private static func run(
      _ end: End,
      _ body: (KeptAgent, AgentLine, ServedProcess, Clients, _ endIt: () async throws -> Void) async throws -> Void
    ) async throws {
      let station = try Station(since: AgentCertificate.begun)
      let certificate = try AgentCertificate(of: station, until: end)
      try await Clients.with(station) { clients in
        try await KeptAgent.serve(station, showing: certificate.files) { agent, line in
          let settings =
            try station.giving(workTo: "kept", at: line.port, deadlines: ["lost": 3])
            + ["agents.kept.revocationList=\(certificate.revocationList)"]
          try await station.serve(settings: settings) { gateway in
            try await body(agent, line, gateway, clients) {
              switch end {
              case .expired: #expect(await eventually { certificate.isOver })
              case .revoked:
                try certificate.revoke()
                let answer = try await clients.watcher.send(
                  ClientRequest(.post, try Clients.url(gateway.ports.admin, "/reload")))
                let told = String(decoding: try await answer.body.collect(limit: 65_536), as: UTF8.self)
                try #require(answer.status.code == 200, "\(told)")
              }
            }
          }
        }
      }
    }

    /// New tasks are refused, with the reason; what was begun before the gateway had looked has failed, with the same.
    private static func expectRefusal(_ end: End, _ gateway: ServedProcess, _ clients: Clients) async throws {
      let reason = end == .expired ? "certificate has expired" : "certificate revoked"
      let isRefused = try await eventually(within: .seconds(30)) {
        do {
          let task = try await gateway.submit("late", by: clients)
          let worked = try await gateway.ending(of: task, by: clients)
          try #require(worked.isWhole && worked.failure == "AGENT_UNAVAILABLE", "\(worked.summary)")
          try #require(worked.words?.contains(reason) == true, "\(worked.summary)")
          return false
        } catch let refusal as Refused {
          #expect(refusal.status.code == 503 && refusal.text.contains("agent-quarantined"), "\(refusal)")
          #expect(refusal.text.contains(reason), "\(refusal)")
          return true
        }
      }
      #expect(isRefused)
    }
  }
}
