import TestSupport
import Testing

extension Faults {
  /// Everybody comes back at once.
  @Suite(.timeLimit(.minutes(3)))
  struct StormTests {
    private static let clients = 500

    @Test func `500 clients that resume at the same moment each get what they have missed, and no more`() async throws {
      let station = try Station()
      try await Clients.with(station) { clients in
        try await station.serve { gateway in
          var producer = try await Producer.open(clients, gateway.ports.agents, task: "storm")
          try await producer.publish(200)
          let half = producer.cursor
          try await producer.publish(99)
          let crowd = Crowd(Self.clients) { _ in
            Watcher(clients: clients, port: gateway.ports.people, tasks: ["storm"], cursor: half)
          }
          let seen = try await crowd.watch {
            try await crowd.untilArrived()
            try await producer.finish()
            try await crowd.untilDone()
          }
          for watched in seen {
            #expect(watched.isWhole(to: 301, records: 100), "\(watched.summary)")
            #expect(watched.checker.resumes.first?.missed == 99)
          }
        }
      }
    }
  }
}
