import A2A
import HTTP
import JSON
import Journal
import TestSupport
import Testing

@testable import Gateway

/// Tasks that wait for a place at their agent.
@Suite struct WaitingTests {
  /// The places that a task was told.
  private static func told(_ task: String, _ stand: RunStand) async throws -> [Int64] {
    try await stand.records(task).compactMap { record in
      guard let event = try? TaskEvent(reading: try JSONValue(parsing: record.payload)),
        case .status(let update) = event, let report = ProgressReport(metadata: update.metadata)
      else { return nil }
      return report.payload?["place"]?.int
    }
  }

  @Test func `whoever waits is told the place, hears of each change, and begins when it is free`() async throws {
    let clock = TurnedClock()
    try await RunStand.run(try TemporaryFolder(), agents: ["checker": 1], clock: clock.clock) { stand in
      var tasks: [String] = []
      for number in 1...4 { tasks.append(try await stand.submit("\(number)").task) }
      #expect(stand.made.tasks == [tasks[0]])
      #expect(await stand.runs.figures == Runs.Figures(running: 1, waiting: 3))
      #expect(try await Self.told(tasks[0], stand) == [])
      #expect(try await Self.told(tasks[3], stand) == [3])
      #expect(TaskOutline(try await stand.task(tasks[3]).outline).place == 3)
      let line = try await stand.records(tasks[3])[2]
      #expect(
        String(decoding: line.payload, as: UTF8.self).contains("Waiting for a place: 2 tasks are before this one."))

      try await stand.made.run(of: tasks[0]).finish()
      _ = try await stand.made.run(of: tasks[1])
      try await stand.made.run(of: tasks[1]).finish()
      _ = try await stand.made.run(of: tasks[2])
      // Two changes within a second are one to tell of.
      _ = await eventually { clock.sleeperCount > 0 }
      clock.turn(seconds: 1)
      #expect(try await eventually { try await Self.told(tasks[3], stand) == [3, 1] })
      #expect(TaskOutline(try await stand.task(tasks[3]).outline).place == 1)
      #expect(try await Self.told(tasks[2], stand) == [2])
      try await stand.made.run(of: tasks[2]).finish()
      let last = try await stand.made.run(of: tasks[3])
      #expect(last.isFresh)
    }
  }

  @Test func `a task that waits is ended without its agent, and the others move up`() async throws {
    try await RunStand.run(try TemporaryFolder(), agents: ["checker": 1]) { stand in
      let running = try await stand.submit().task
      let waiting = try await stand.submit().task
      let next = try await stand.submit().task
      let kim = Asker.probe("kim")
      let cancel = kim.wanting(.cancel(why: "Twice."))
      let receipt = try await stand.runs.take(cancel, on: stand.task(waiting))
      #expect(receipt.seq == 4 && receipt.verdict?.word == .stopped && receipt.verdict?.seq == 6)
      let task = try await stand.task(waiting)
      #expect(task.state == "canceled" && task.isFinal)
      #expect(TaskOutline(task.outline).place == nil)
      let records = try await stand.records(waiting)
      #expect(records.map(\.kind) == [.command, .event, .event, .command, .event, .verdict])
      #expect(records[3].origin == "kim")
      #expect(try await stand.image(waiting)?.task.status.state == .canceled)
      #expect(task.snapshot.flatMap(TaskImage.init(reading:))?.seq == 6)
      var again = receipt
      again.isRepeated = true
      #expect(try await stand.runs.take(cancel, on: stand.task(waiting)) == again)
      await #expect(throws: Refusal.commandIDTaken) {
        try await stand.runs.take(kim.wanting(.cancel(why: nil)), on: stand.task(waiting))
      }
      await #expect(throws: Refusal.ended(.canceled)) {
        try await stand.runs.take(kim.wanting(.cancel(why: nil), id: "c2"), on: stand.task(waiting))
      }
      try await stand.made.run(of: running).finish()
      _ = try await stand.made.run(of: next)
      #expect(stand.made.tasks == [running, next])
    }
  }

  @Test func `what is said to a task goes to whoever works on it, and to nobody else`() async throws {
    try await RunStand.run(try TemporaryFolder(), agents: ["checker": 1]) { stand in
      let kim = Asker.probe("kim")
      let running = try await stand.submit().task
      let waiting = try await stand.submit().task
      let words = Message(id: "m", role: .user, text: "More.")
      for act in [RunCommand.Act.say(words), .cancel(why: nil)] {
        _ = try await stand.runs.take(kim.wanting(act), on: stand.task(running))
      }
      let run = try await stand.made.run(of: running)
      #expect(run.words == ["More. by kim", "cancel by kim"])
      await #expect(throws: Refusal.stillWaiting) {
        try await stand.runs.take(kim.wanting(.say(words)), on: stand.task(waiting))
      }
      await #expect(throws: Refusal.noMessageParts) {
        try await stand.runs.take(
          kim.wanting(.say(Message(id: "m", role: .user, parts: []))), on: stand.task(running))
      }
      let stale = try await stand.task(running)
      try await run.finish(.rejected)
      for task in [stale, try await stand.task(running)] {
        _ = try await stand.made.run(of: waiting)
        for act in [RunCommand.Act.say(words), .cancel(why: nil)] {
          await #expect(throws: Refusal.ended(.rejected)) { try await stand.runs.take(kim.wanting(act), on: task) }
        }
      }
    }
  }

  @Test func `the task of a producer is not run here, and is told nothing`() async throws {
    try await RunStand.run(try TemporaryFolder()) { stand in
      _ = try await stand.journal.append(
        Batch(
          task: "theirs", entries: [Entry(.event, origin: "producer", payload: Array("{}".utf8))],
          opening: TaskOpening(owner: "kim", tenant: nil, agent: "checker"), change: TaskChange(state: "working")))
      let task = try await stand.task("theirs")
      for act in [RunCommand.Act.say(Message(id: "m", role: .user, text: "x")), .cancel(why: nil)] {
        await #expect(throws: Refusal.notRunHere) {
          try await stand.runs.take(Asker.probe("kim").wanting(act), on: task)
        }
      }
    }
  }
}
