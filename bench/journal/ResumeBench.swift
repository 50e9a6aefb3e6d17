import Journal

/// What it costs to come back: the page behind a cursor near the end, with ever more history before it.
struct ResumeBench {
  let folder: String

  /// Enough pages that single slow moments do not count.
  private static let rounds = 300

  func run() async throws {
    print(Bench.line("resumes, ms, median", ["one task", "100 tasks", "all", "seq", "opening"]))
    let path = folder + "/bench-journal.sqlite"
    var journal = try await Bench.journal(path, .normal)
    let tasks = (0..<100).map { "task-\($0)" }
    for task in tasks { _ = try await journal.append(Bench.opening(task)) }
    var stored = tasks.count
    for size in [10_000, 100_000, 1_000_000] {
      while stored < size {
        // One long task and many short ones, mixed.
        for task in tasks {
          var batch = Bench.event(task)
          batch.entries = Array(repeating: batch.entries[0], count: task == "task-0" ? 100 : 1)
          _ = try await journal.append(batch)
          stored += batch.entries.count
        }
      }
      await journal.close()
      let clock = ContinuousClock()
      let start = clock.now
      journal = try await reopened(path)
      let opening = clock.now - start
      let behind = try await journal.bounds().tail - 2000
      let limit = ReadLimit(records: 256, bytes: 262_144)
      let figures = [
        try await median { _ = try await journal.records(.tasks(["task-0"]), after: behind, limit: limit) },
        try await median { _ = try await journal.records(.tasks(tasks), after: behind, limit: limit) },
        try await median { _ = try await journal.records(.visible([.init()]), after: behind, limit: limit) },
        try await median { _ = try await journal.seq(of: "task-0", at: behind) },
        Bench.text(opening),
      ]
      print(Bench.line("\(stored) records", figures))
    }
    await journal.close()
    Bench.remove(path)
  }

  private func reopened(_ path: String) async throws -> SQLiteJournal {
    try await Bench.journal(path, .normal, isNew: false)
  }

  private func median(_ body: () async throws -> Void) async throws -> String {
    let clock = ContinuousClock()
    var times: [Duration] = []
    for _ in 0..<Self.rounds {
      let start = clock.now
      try await body()
      times.append(clock.now - start)
    }
    times.sort()
    return Bench.percentile(times, 0.5)
  }
}
