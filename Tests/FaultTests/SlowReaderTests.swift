import HTTP
import TestSupport
import Testing

extension Faults {
  /// Clients that do not take what they have asked for.
  @Suite(.timeLimit(.minutes(3)))
  struct SlowReaderTests {
    /// In all 4 MB: more than the gateway and both kernels keep for a reader.
    private static let events = 200
    private static let padding = 20_000

    @Test func `a slow reader loses its connection and nothing else, and others do not wait for it`() async throws {
      let station = try Station()
      try await Clients.with(station) { clients in
        try await station.serve { gateway in
          var producer = try await Producer.open(clients, gateway.ports.agents, task: "slow", padding: Self.padding)
          let slow = SlowReader(station, port: gateway.ports.people, path: "/api/stream/slow")
          async let read = slow.read()
          #expect(await slow.hasBegun.wait())
          let crowd = Crowd(5) { _ in Watcher(clients: clients, port: gateway.ports.people, tasks: ["slow"]) }
          let others = try await crowd.watch {
            try await crowd.untilArrived()
            for _ in 0..<Self.events { try await producer.publish(1) }
            try await producer.finish()
            // While the slow one has not read a byte more.
            try await crowd.untilDone()
          }
          for watched in others {
            #expect(watched.isWhole(to: Self.events + 2), "\(watched.summary)")
            #expect(watched.breaks == 0)
          }
          slow.mayReadOn.send()
          var watched = Watched(["slow"])
          watched.checker.connect()
          for event in try await read { watched.take(event) }
          #expect(!watched.checker.isFinished)
          let first = watched.checker.recordCount
          #expect(first < Self.events)
          // It goes on from where it was.
          let cursor = watched.checker.lastID
          let rest = try await Watcher(clients: clients, port: gateway.ports.people, tasks: ["slow"], cursor: cursor)
            .watch()
          #expect(rest.isWhole(to: Self.events + 2, records: Self.events + 2 - first), "\(rest.summary)")
          print("A slow reader: let go after \(first) records of \(Self.events + 2), farewell \(watched.farewells)")
        }
      }
    }

    @Test func `a reader that takes nothing of a long history is let go of as well`() async throws {
      let station = try Station()
      try await Clients.with(station) { clients in
        try await station.serve { gateway in
          var producer = try await Producer.open(clients, gateway.ports.agents, task: "slow", padding: Self.padding)
          for _ in 0..<Self.events / 5 { try await producer.publish(10) }
          try await producer.finish()
          let before = gateway.residentBytes
          let slow = SlowReader(station, port: gateway.ports.people, path: "/api/stream/slow")
          async let read = slow.read()
          #expect(await slow.hasBegun.wait())
          let isLetGo = await eventually { ProcessFacts.established(at: gateway.ports.people) == 0 }
          #expect(isLetGo)
          // Of the 8 MB that it did not take, most were never in memory.
          let grown = gateway.residentBytes - before
          #expect(grown < 5 << 20, "\(grown) bytes more")
          print("A reader of 8 MB that takes nothing: \(grown >> 10) KiB more in the gateway")
          slow.mayReadOn.send()
          #expect(try await read.last?.type != "bye")
        }
      }
    }
  }
}
