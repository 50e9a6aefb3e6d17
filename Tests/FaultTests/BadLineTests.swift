import TestSupport
import Testing

extension Faults {
  /// Connections that end wherever they like.
  @Suite(.timeLimit(.minutes(3)))
  struct BadLineTests {
    @Test func `twenty clients get every record once through a line that is cut at random bytes`() async throws {
      let seed = UInt64.random(in: .min ... .max)
      let station = try Station()
      try await Clients.with(station) { clients in
        try await station.serve { gateway in
          var producer = try await Producer.open(clients, gateway.ports.agents, task: "cut", padding: 100)
          try await producer.publish(500)
          try await Relay.with(to: gateway.ports.people, fate: BadLine(seed: seed, upTo: 100_000).next) { relay in
            let crowd = Crowd(20) { _ in Watcher(clients: clients, port: relay.port, tasks: ["cut"]) }
            let seen = try await crowd.watch {
              for _ in 0..<100 { try await producer.publish(10) }
              try await producer.finish()
              try await crowd.untilDone()
            }
            for watched in seen {
              #expect(watched.isWhole(to: producer.acknowledged + 1), "seed \(seed): \(watched.summary)")
            }
            #expect(relay.cuts >= 20)
            print("A line that is cut: \(relay.cuts) cuts for 20 clients of 1,502 records, seed \(seed)")
          }
        }
      }
    }
  }
}
