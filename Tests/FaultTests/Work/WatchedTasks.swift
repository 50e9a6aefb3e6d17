import TestSupport
import Testing

extension ServedProcess {
  /// Watches tasks while `body` sees them to their ends, and holds what each watcher has seen against what is stored: each record once.
  func watching<Value>(
    _ tasks: [String], by clients: Clients, _ body: () async throws -> Value
  ) async throws -> Value {
    let crowd = Crowd(tasks.count) { [ports] in
      Watcher(clients: clients, port: ports.people, tasks: [tasks[$0]])
    }
    var value: Value?
    let seen = try await crowd.watch {
      try await crowd.untilArrived()
      value = try await body()
      try await crowd.untilDone()
    }
    for (task, watched) in zip(tasks, seen) { try await expectAll(of: task, in: watched, by: clients) }
    return try #require(value)
  }

  /// A watcher has seen each record of the task that there is, once.
  func expectAll(of task: String, in watched: Watched, by clients: Clients) async throws {
    let worked = try await look(at: task, by: clients)
    let isWhole =
      watched.checker.faults.isEmpty && watched.checker.isFinished
      && watched.checker.recordCount == worked.records.count
    #expect(isWhole, "\(watched.summary) of \(worked.summary)")
  }
}
