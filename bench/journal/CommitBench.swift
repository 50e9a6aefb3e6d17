import Journal

/// What it costs to store: batches of one event each, from so many writers at once, each for a task of its own; as many as they can, or 5,000
/// a second on a schedule, which the waits are charged to.
struct CommitBench {
  let folder: String

  static let loads: [(name: String, writers: Int, every: Duration?)] = [
    ("1 at once", 1, nil), ("32 at once", 32, nil), ("500 at once", 500, nil),
    ("5,000/s of 100", 100, .milliseconds(20)),
  ]

  func run() async throws {
    print(Bench.line("commits, ms each", ["batches/s", "us CPU", "p50", "p99", "max"]))
    let places: [(name: String, path: String, durability: Durability)] = [
      ("full", folder + "/bench-journal.sqlite", .full), ("normal", folder + "/bench-journal.sqlite", .normal),
      ("no disk", "/dev/shm/bench-journal.sqlite", .normal),
    ]
    for load in Self.loads {
      for place in places {
        let journal = try await Bench.journal(place.path, place.durability)
        try await Self.measure("\(place.name), \(load.name)", journal, writers: load.writers, every: load.every)
        await journal.close()
        Bench.remove(place.path)
      }
    }
  }

  /// - Parameter other: the processor time of somebody else that is to be shown beside ours, in microseconds.
  static func measure(
    _ name: String, _ journal: any Journal, writers: Int, every: Duration?, other: (() -> Double)? = nil
  ) async throws {
    let tasks = (0..<writers).map { "0197f3a2-6c1e-7b44-9d0e-\(100_000_000_000 + $0)" }
    for task in tasks { _ = try await journal.append(Bench.opening(task)) }
    let clock = ContinuousClock()
    let (start, processor, others) = (clock.now, Bench.processorTime(), other?() ?? 0)
    let end = start + .seconds(3)
    var offset = Duration.zero
    var waits = try await withThrowingTaskGroup(of: [Duration].self) { group in
      for task in tasks {
        // Not all at the same moment.
        offset += (every ?? .zero) / writers
        group.addTask { [begin = start + offset] in
          var (waits, due) = ([Duration](), begin)
          while clock.now < end {
            if every == nil { due = clock.now } else { try await Task.sleep(until: due, clock: clock) }
            _ = try await journal.append(Bench.event(task))
            waits.append(clock.now - due)
            due += every ?? .zero
          }
          return waits
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    let (seconds, used) = ((clock.now - start) / .seconds(1), Bench.processorTime() - processor)
    let count = Double(waits.count)
    let usedByOthers = other.map { ["\(Int(($0() - others) / count))"] } ?? []
    waits.sort()
    print(
      Bench.line(
        name,
        ["\(Int(count / seconds))", "\(Int(used / count))"] + usedByOthers + [
          Bench.percentile(waits, 0.5), Bench.percentile(waits, 0.99), Bench.percentile(waits, 1),
        ]))
  }
}
