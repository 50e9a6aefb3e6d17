import A2A
import Journal
import TestSupport
import Testing

@testable import Gateway

/// What was under way when the gateway last stopped.
@Suite struct RestartTests {
  @Test func `after a restart each run goes on from where it was, in the order in which it was`() async throws {
    let folder = try TemporaryFolder()
    let (known, asked, first, second) = try await RunStand.run(folder, agents: ["checker": 2]) { stand in
      let known = try await stand.submit("1").task
      let asked = try await stand.submit("2").task
      try await stand.made.run(of: known).remember(.handedOver)
      try await stand.made.run(of: asked).remember(.handingOver)
      return (known, asked, try await stand.submit("3").task, try await stand.submit("4").task)
    }
    // There is one place less, and those that were begun count.
    try await RunStand.run(folder, agents: ["checker": 1]) { stand in
      for (task, phase) in [(known, RunMemory.Phase.handedOver), (asked, .handingOver)] {
        let run = try await stand.made.run(of: task)
        guard case .resumed(_, let memory, let image) = run.start else { throw Unexpected() }
        #expect(memory.phase == phase && image.task.id == task && image.seq == 2)
      }
      #expect(await eventually { await stand.runs.figures == Runs.Figures(running: 2, waiting: 2) })
      try await stand.made.run(of: known).finish()
      try await stand.made.run(of: asked).finish()
      let run = try await stand.made.run(of: first)
      guard case .fresh(_, _, let message) = run.start else { throw Unexpected() }
      #expect(message.text == "3")
      try await run.finish()
      _ = try await stand.made.run(of: second)
      // Nothing was begun twice.
      #expect(stand.made.tasks.sorted() == [known, asked, first, second].sorted())
    }
  }

  @Test func `a task whose agent is not configured any more ends, with the reason`() async throws {
    let folder = try TemporaryFolder()
    let (begun, waiting) = try await RunStand.run(folder, agents: ["checker": 1]) { stand in
      let begun = try await stand.submit().task
      try await stand.made.run(of: begun).remember(.handedOver)
      return (begun, try await stand.submit().task)
    }
    try await RunStand.run(folder, agents: ["other": 1]) { stand in
      for (task, code) in [(begun, RunFailure.agentLost), (waiting, .agentUnavailable)] {
        #expect(try await eventually { try await stand.task(task).isFinal })
        let image = try #require(try await stand.image(task))
        #expect(image.task.status.state == .failed)
        #expect(
          image.task.status.message?.text
            == "The agent checker is not configured any more, so nobody works on this task.")
        let last = try #require(try await stand.records(task).last)
        #expect(String(decoding: last.payload, as: UTF8.self).contains(code.rawValue))
      }
      #expect(stand.made.tasks.isEmpty)
    }
  }

  @Test func `a run that could not store its end is taken up again, as after a restart`() async throws {
    let clock = TurnedClock()
    try await RunStand.run(try TemporaryFolder(), agents: ["checker": 1], clock: clock.clock) { stand in
      let task = try await stand.submit().task
      let run = try await stand.made.run(of: task)
      try await run.remember(.handedOver)
      let next = try await stand.submit().task
      run.giveUp()
      // It keeps its place.
      #expect(await eventually { clock.sleeperCount == 2 })
      clock.turn(seconds: 5)
      #expect(await eventually { stand.made.tasks == [task, task] })
      let again = try await stand.made.run(of: task)
      #expect(!again.isFresh)
      try await again.finish()
      _ = try await stand.made.run(of: next)
    }
  }

  @Test func `where the journal cannot be read at the start, it is read again, and until then that is the answer`()
    async throws
  {
    let folder = try TemporaryFolder()
    let task = try await RunStand.run(folder) { stand in
      let task = try await stand.submit().task
      try await stand.made.run(of: task).remember(.handedOver)
      return task
    }
    let clock = TurnedClock()
    try await RunStand.run(folder, clock: clock.clock, wrap: { FailingJournal($0, failures: 2) }) {
      stand async throws in
      for _ in 1...2 {
        #expect(await eventually { clock.sleeperCount == 1 })
        let error = await #expect(throws: JournalError.self) {
          try await stand.runs.take(Asker.probe("kim").wanting(.cancel(why: nil)), on: stand.task(task))
        }
        #expect(error?.description == "It is torn.")
        #expect(stand.made.tasks.isEmpty)
        clock.turn(seconds: 5)
      }
      #expect(await eventually { stand.made.tasks == [task] })
      #expect(try await stand.runs.take(Asker.probe("kim").wanting(.cancel(why: nil)), on: stand.task(task)).seq == 99)
    }
  }

  @Test func `what is asked while the journal is still being read waits for it`() async throws {
    let folder = try TemporaryFolder()
    let tasks = try await RunStand.run(folder, agents: ["checker": 50]) { stand in
      var tasks: [String] = []
      for number in 1...50 {
        tasks.append(try await stand.submit("\(number)").task)
        try await stand.made.run(of: tasks[number - 1]).remember(.handedOver)
      }
      return tasks
    }
    try await RunStand.run(folder, agents: ["checker": 50]) { stand in
      let last = try #require(tasks.last)
      #expect(try await stand.runs.take(Asker.probe("kim").wanting(.cancel(why: nil)), on: stand.task(last)).seq == 99)
      #expect(Set(stand.made.tasks) == Set(tasks))
    }
  }
}
