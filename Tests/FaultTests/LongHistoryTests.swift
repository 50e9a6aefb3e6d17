import TestSupport
import Testing

extension Faults {
  /// Histories far beyond what anything in the gateway keeps in memory.
  @Suite(.timeLimit(.minutes(3)))
  struct LongHistoryTests {
    private static let short = 1000
    private static let long = 100_000
    private static let longest = 1_000_000

    @Test
    func
      `a task of 100,000 records is read whole, and to resume takes as long in a journal of a million as in a small one`()
      async throws
    {
      let station = try Station()
      try await Clients.with(station) { clients in
        let tasks = ["short", "long", "longest"]
        let cursor = try await station.serve { gateway in
          var cursor = ""
          for task in tasks { cursor = try await Producer.open(clients, gateway.ports.agents, task: task).cursor }
          try await gateway.stop()
          return cursor
        }
        let epoch = String(cursor.prefix { $0 != "." })
        let short = try await Self.make("short", Self.short, station, epoch)
        let alone = try await station.serve { try await Self.resume([short], clients, $0)[0] }
        let long = try await Self.make("long", Self.long, station, epoch)
        let longest = try await Self.make("longest", Self.longest, station, epoch)
        try await station.serve(settings: ["journal.checkAtStart=false"]) { gateway in
          try await Self.readAll(long, clients, gateway)
          let times = try await Self.resume([short, long, longest], clients, gateway)
          print("To resume at 100 records before the end: of 1,000 alone \(alone), beside a million \(times[0]),")
          print("of 100,000 \(times[1]), of 1,000,000 \(times[2])")
          // Far above what a busy machine adds, and far below what looking through a million takes.
          for time in times { #expect(time < alone * 8) }
        }
      }
    }

    /// A task that has so many records besides its first.
    private struct History {
      let task: String
      let events: Int
      /// Shown by somebody who lacks the last hundred.
      let cursor: String
    }

    private static func make(_ task: String, _ events: Int, _ station: Station, _ epoch: String) async throws -> History
    {
      let last = try await onThread { try LongHistory.add(events, to: task, in: station.journal) }
      return History(task: task, events: events, cursor: "\(epoch).\(last - 100)")
    }

    /// From the first record to the last.
    private static func readAll(_ history: History, _ clients: Clients, _ gateway: ServedProcess) async throws {
      let start = ContinuousClock.now
      let count = history.events + 1
      let watcher = Watcher(clients: clients, port: gateway.ports.people, tasks: [history.task])
      let watched = try await watcher.leaving(after: count).watch()
      #expect(watched.isWhole(to: count), "\(watched.summary)")
      #expect(watched.breaks == 0)
      print("A task of 100,000 records, read from the first to the last: \(ContinuousClock.now - start)")
    }

    /// How long the last hundred records of each take, connection and all, at best.
    private static func resume(
      _ histories: [History], _ clients: Clients, _ gateway: ServedProcess
    ) async throws -> [Duration] {
      var times: [Duration] = []
      for history in histories {
        var best = Duration.seconds(3600)
        for _ in 0..<10 {
          let start = ContinuousClock.now
          let watcher = Watcher(
            clients: clients, port: gateway.ports.people, tasks: [history.task], cursor: history.cursor)
          let watched = try await watcher.leaving(after: 100).watch()
          best = min(best, .now - start)
          #expect(watched.isWhole(to: history.events + 1, records: 100), "\(watched.summary)")
          #expect(watched.checker.resumes.first?.missed == 100)
        }
        times.append(best)
      }
      return times
    }
  }
}
