import JSON
import TestSupport
import Testing

// What has come of tasks, as it is stored and as it was seen.
extension Row {
  /// Each was stopped, by one command with one verdict, and each watcher has seen all of it once.
  func expectStopped(_ tasks: [String], seenBy crowd: Crowd, _ seen: [Watched]) async throws {
    try await expect(tasks, seenBy: crowd, seen) { worked in
      worked.state == "canceled" && worked.commands("cancel") == 1 && worked.verdicts == ["stopped"]
        && worked.steps.count >= 2
    }
  }

  /// Each has gone on with one answer.
  func expectAnswered(_ tasks: [String], seenBy crowd: Crowd, _ seen: [Watched]) async throws {
    try await expect(tasks, seenBy: crowd, seen) { worked in
      worked.state == "completed" && worked.kinds("answer").count == 1 && worked.verdicts == ["taken"]
        && (worked.tells("Said: One.") || worked.tells("Said: Two."))
    }
  }

  private func expect(
    _ tasks: [String], seenBy crowd: Crowd, _ seen: [Watched], _ holds: (WorkedTask) -> Bool
  ) async throws {
    var records: [String: Int] = [:]
    for task in tasks {
      let worked = try await door.ending(of: task, by: clients)
      records[task] = worked.records.count
      #expect(
        worked.isWhole && holds(worked) && worked.stepsRise,
        "\(task): \(worked.verdicts), steps \(worked.steps.suffix(20)), \(worked.summary)")
    }
    for (watcher, watched) in zip(crowd.watchers, seen) {
      guard let count = records[watcher.tasks[0]] else { continue }
      #expect(
        watched.checker.faults.isEmpty && watched.checker.isFinished && watched.checker.recordCount == count
          && watched.checker.resetCount == 0, "\(count) records: \(watched.summary)")
    }
  }
}

extension WorkedTask {
  /// What was wanted of it and what came of that, for a test that has failed.
  var story: String {
    let rest = records.suffix(12).map { record in
      "\(record["seq"]?.int ?? 0) \(record["kind"]?.string ?? "") \(record["data"]?["verdict"]?.string ?? "")"
    }
    return "\(verdicts), \(summary), \(rest)"
  }

  /// The numbers that the agent has given to its reports.
  var steps: [Int64] {
    kinds("event").compactMap { record in
      record["data"]?["statusUpdate"]?["metadata"]?.members.lazy.compactMap { $0.value["step"]?.int }.first
    }
  }

  /// Two gateways that write for one run would say some of them twice.
  var stepsRise: Bool { zip(steps, steps.dropFirst()).allSatisfy { $0 < $1 } }
}
