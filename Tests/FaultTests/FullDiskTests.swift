import Foundation
import HTTP
import TestSupport
import Testing

extension Faults {
  /// No room for what happens.
  @Suite(.timeLimit(.minutes(3)))
  struct FullDiskTests {
    @Test func `a journal at its size limit refuses, loses nothing it has acknowledged, and goes on with more room`()
      async throws
    {
      let station = try Station()
      try await Clients.with(station) { clients in
        let producer = try await station.serve(settings: ["journal.sizeLimitBytes=1048576"]) { gateway in
          var producer = try await Producer.open(clients, gateway.ports.agents, task: "full", padding: 10_000)
          try await Self.fill(&producer)
          #expect(producer.acknowledged > 20)
          try await Self.expectAll(of: producer, clients, gateway)
          return producer
        }
        try await station.serve { gateway in
          var producer = producer.moved(to: gateway.ports.agents)
          try await producer.publish(10)
          try await producer.finish()
          try await Self.expectAll(of: producer, clients, gateway)
        }
      }
    }

    @Test(.enabled("Only root may mount a file system, and not everywhere.") { try await Self.mayMount() })
    func `a full disk refuses, loses nothing it has acknowledged, and goes on as soon as there is room`() async throws {
      let station = try Station()
      let disk = station.folder.path("disk")
      try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: false)
      // A small disk in a namespace of the gateway's own, with something on it that can be removed.
      let script = #"mount -t tmpfs -o size=6m none "$0" && head -c 2M /dev/zero >"$0/ballast" && exec "$@""#
      let wrapper = ["/usr/bin/unshare", "--mount", "/bin/sh", "-c", script, disk]
      try await Clients.with(station) { clients in
        try await station.serve(state: "disk/state", inside: wrapper) { gateway in
          var producer = try await Producer.open(clients, gateway.ports.agents, task: "full", padding: 10_000)
          try await Self.fill(&producer)
          #expect(producer.acknowledged > 20)
          try await Self.expectAll(of: producer, clients, gateway)

          try FileManager.default.removeItem(atPath: "/proc/\(gateway.program.processID)/root\(disk)/ballast")
          try await producer.publish(10)
          try await producer.finish()
          try await Self.expectAll(of: producer, clients, gateway)
        }
      }
    }

    @Sendable private static func mayMount() async throws -> Bool {
      let script = "mount -t tmpfs -o size=64k none /mnt"
      return try await RunningProgram.run(
        program: "/usr/bin/unshare", ["--mount", "/bin/sh", "-c", script]
      ).status == 0
    }

    /// Publishes until the gateway says that there is no more room.
    private static func fill(_ producer: inout Producer) async throws {
      for _ in 0..<2000 {
        do {
          try await producer.publish(1)
        } catch let refusal as Refused {
          #expect(refusal.status.code == 507)
          #expect(refusal.text.contains(#""code":"journal-full""#))
          return
        }
      }
      Issue.record("There was room for everything.")
    }

    /// What was acknowledged can be read, and nothing else.
    private static func expectAll(of producer: Producer, _ clients: Clients, _ gateway: ServedProcess) async throws {
      let last = producer.acknowledged + 1
      let watcher = Watcher(clients: clients, port: gateway.ports.people, tasks: ["full"])
      let watched = try await watcher.leaving(after: last).watch()
      #expect(watched.isWhole(to: last), "\(watched.summary)")
    }
  }
}
