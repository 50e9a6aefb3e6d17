import TestSupport
import Testing

extension Faults {
  /// The gateway dies, with a word or without, and comes back.
  @Suite(.timeLimit(.minutes(3)))
  struct KilledGatewayTests {
    /// Each with a producer that publishes so many events at a time.
    private static let tasks = ["one": 1, "two": 2, "three": 3, "five": 5]
    private static let watchers = 200

    enum End: CaseIterable {
      case killed
      case stopped
    }

    @Test(arguments: End.allCases)
    func `nobody misses or repeats anything when the gateway ends while 200 watch and producers publish`(
      _ end: End
    ) async throws {
      let station = try Station()
      let ports = try Ports.free()
      try await Clients.with(station) { clients in
        let tasks = Array(Self.tasks.keys)
        // A fifth of them watch all tasks in one stream.
        let crowd = Crowd(Self.watchers) {
          let index = $0 % (tasks.count + 1)
          return Watcher(clients: clients, port: ports.people, tasks: index < tasks.count ? [tasks[index]] : tasks)
        }
        var producers: [Producer] = []
        try await station.serve(at: ports) { gateway in
          for task in tasks { producers.append(try await Producer.open(clients, ports.agents, task: task)) }
          try await gateway.kill()
        }
        let (progress, isEnough) = (Tally(), Tally())
        async let published = Self.publish(to: producers, until: isEnough, progress)
        let seen = try await crowd.watch {
          for life in 1...2 {
            try await station.serve(at: ports) { gateway in
              try await crowd.untilArrived(times: life)
              try await progress.reaches(progress.value + 80)
              // The producers are at it: what was under way, only the journal knows.
              switch end {
              case .killed: try await gateway.kill()
              case .stopped: try await gateway.stop()
              }
            }
          }
          try await station.serve(at: ports) { _ in
            try await crowd.untilArrived(times: 3)
            isEnough.add()
            try await crowd.untilDone()
          }
        }
        let sent = try await published
        #expect(sent.values.contains { $0.retries > 0 })
        #expect(seen.count == Self.watchers)
        for (watcher, watched) in zip(crowd.watchers, seen) {
          let last = sent.filter { watcher.tasks.contains($0.key) }.mapValues { $0.acknowledged + 1 }
          #expect(watched.isWhole(to: last), "\(last): \(watched.summary)")
          switch end {
          case .killed: #expect(watched.breaks >= 2)
          case .stopped: #expect(watched.farewells == ["draining", "draining", "finished"])
          }
        }
        print(
          "A gateway \(end) twice: \(sent.values.map(\.acknowledged)) events, sent again \(sent.values.map(\.retries))")
      }
    }

    /// Publishes to all tasks at once until it is enough, and ends them.
    private static func publish(
      to producers: [Producer], until isEnough: Tally, _ progress: Tally
    ) async throws -> [String: Producer] {
      try await withThrowingTaskGroup(of: Producer.self) { group in
        for producer in producers {
          let size = tasks[producer.task] ?? 1
          group.addTask {
            var producer = producer
            while isEnough.value == 0 {
              try await producer.publish(size)
              progress.add(size)
              // Steady, so that 200 readers on a busy machine have enough and not too much to read.
              try await Task.sleep(for: .milliseconds(25))
            }
            try await producer.finish()
            return producer
          }
        }
        return try await group.reduce(into: [:]) { $0[$1.task] = $1 }
      }
    }
  }
}
