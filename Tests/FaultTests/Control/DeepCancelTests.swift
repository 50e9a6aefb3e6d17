import HTTP
import Identity
import JSON
import TestSupport
import Testing
import Wire

extension Faults {
  /// A cancel goes from the gateway to an agent, over mTLS to the agent that this one has called, and there to a tool in a tool.
  @Suite(.timeLimit(.minutes(3)))
  struct DeepCancelTests {
    private static let tasks = 20

    @Test func `a cancel reaches a tool deep in a child agent, and the time that takes is told`() async throws {
      let station = try Station()
      let ports = (parent: try Ports.free().agents, child: try Ports.free().agents)
      let shown = try station.pki.issueClient(.agent, name: "parent", now: .now())
      try await Clients.with(station) { clients in
        try await station.conformanceAgent(at: ports.child, ["--allow", "spiffe://signalbox.local/agent/parent"]) { _ in
          let peer = [
            "--peer", "https://127.0.0.1:\(ports.child)", "--peer-ca", station.authority,
            "--peer-cert", shown.certificate, "--peer-key", shown.key,
          ]
          try await station.conformanceAgent(at: ports.parent, peer) { _ in
            try await station.serve(settings: try station.giving(workTo: "parent", at: ports.parent)) { gateway in
              var times: [Double] = []
              for number in 1...Self.tasks {
                let task = try await gateway.submit("test-child-test-deep-\(number)", by: clients)
                try await gateway.until(task, by: clients) { $0.says("rows read") }
                let verdict = try await gateway.verdict("cancel", of: task, by: clients)
                #expect(verdict.word == "stopped", "\(verdict)")
                times.append(verdict.seconds)
                let worked = try await gateway.look(at: task, by: clients)
                #expect(worked.isWhole && worked.state == "canceled", "\(worked.summary)")
              }
              // A task there ends as canceled when its work has returned, and the tool in the tool with it.
              let states = try await Self.states(at: ports.child, station, shown, clients)
              #expect(states == Array(repeating: "TASK_STATE_CANCELED", count: Self.tasks), "\(states)")
              times.sort()
              let (median, most) = (times[Self.tasks / 2], times[Self.tasks - 1])
              print("A cancel to a tool in a tool of a child agent: median \(median) s, most \(most) s")
            }
          }
        }
      }
    }

    /// Of the tasks that the child has of the parent.
    private static func states(
      at port: Int, _ station: Station, _ shown: IssuedFiles, _ clients: Clients
    ) async throws -> [String] {
      let identity = try TLSIdentity.load(chainFile: shown.certificate, keyFile: shown.key)
      let trust = try ServerTrust.load(authorityFile: station.authority)
      let client = try HTTPClient(
        loop: clients.loop, configuration: ClientConfiguration(tls: ClientTLS(trust: trust, identity: identity)))
      let response = try await client.send(
        ClientRequest(
          .post, try Clients.url(port, "/a2a"),
          fields: HTTPFields([("content-type", "application/json"), ("a2a-version", "1.0")]),
          body: .bytes(Array(#"{"jsonrpc":"2.0","id":1,"method":"ListTasks","params":{"pageSize":100}}"#.utf8))))
      let answer = try JSONValue(parsing: try await response.body.collect(limit: 1 << 20))
      return answer["result"]?["tasks"]?.elements.compactMap { $0["status"]?["state"]?.string } ?? []
    }
  }
}
