import TestSupport
import Testing

extension Faults {
  /// Three gateways on one Redis behind HAProxy, 100 tasks at work, 300 watchers: whatever breaks, one after the other, nobody misses
  /// anything, every cancel has one verdict and every question one answer.
  @Suite(.timeLimit(.minutes(6)))
  struct SeveralGatewaysTests {
    private static let tasks = 100
    private static let watchers = 300

    @Test func `nothing is lost, repeated or done twice, whichever of three gateways, or Redis, fails`() async throws {
      try await Row.with { row async throws in
        let start = ContinuousClock.now
        let tasks = try await row.begin(Self.tasks, "test-steady")
        let crowd = row.crowd(of: tasks, Self.watchers)
        let seen = try await crowd.watch {
          try await crowd.untilArrived()
          try await row.pulse.untilAtWork(tasks)
          print("Three gateways: \(tasks.count) tasks, \(crowd.watchers.count) watchers after \(start.age)")
          for fault in Fault.allCases { try await Self.endure(fault, row, tasks) }
          try await withThrowingTaskGroup { group in
            for (number, task) in tasks.enumerated() { group.addTask { try await row.cancel(task, from: number) } }
            try await group.waitForAll()
          }
          try await crowd.untilDone()
        }
        try await row.expectStopped(tasks, seenBy: crowd, seen)
        // Two of three were at the gateways that were killed, at some time.
        let cut = seen.count { $0.breaks > 0 }
        #expect(cut > Self.watchers / 2, "\(cut) watchers had to come back")
        print(
          "Three gateways: \(seen.map(\.checker.recordCount).reduce(0, +)) records, \(cut) watchers cut, "
            + "\(row.repeated.value) requests sent again, after \(start.age)")
      }
    }

    /// While it lasts, some tasks are cancelled and some are answered; then all are at work.
    private static func endure(_ fault: Fault, _ row: Row, _ tasks: [String]) async throws {
      let start = ContinuousClock.now
      let repeated = row.repeated.value
      let stopped = try await row.begin(6, "test-steady")
      let asked = try await row.begin(4, "test-ask")
      let crowd = row.crowd(of: stopped + asked)
      let isBroken = Gate()
      let seen = try await crowd.watch {
        try await row.pulse.untilAtWork(stopped)
        try await row.pulse.untilAsked(asked)
        async let errands: Void = withThrowingTaskGroup { group in
          await isBroken.pass()
          for (number, task) in stopped.enumerated() { group.addTask { try await row.cancel(task, from: number) } }
          for (number, task) in asked.enumerated() { group.addTask { try await row.answer(task, from: number) } }
          try await group.waitForAll()
        }
        do {
          try await fault.happen(in: row, tasks, isBroken)
        } catch {
          isBroken.open()
          throw error
        }
        try await errands
        try await row.pulse.untilAtWork(tasks)
        do {
          try await crowd.untilDone(within: .seconds(30))
        } catch {
          for task in stopped + asked { print("\(task): \(try await row.door.look(at: task, by: row.clients).story)") }
          throw error
        }
      }
      try await row.expectStopped(stopped, seenBy: crowd, seen)
      try await row.expectAnswered(asked, seenBy: crowd, seen)
      print("Three gateways, \(fault): \(row.repeated.value - repeated) requests sent again, \(start.age)")
    }
  }
}

extension ContinuousClock.Instant {
  /// For people.
  fileprivate var age: String { "\(Int(duration(to: .now) / .milliseconds(1))) ms" }
}
