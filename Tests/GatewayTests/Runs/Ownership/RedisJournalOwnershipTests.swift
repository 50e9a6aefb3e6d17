import A2A
import Foundation
import Journal
import Synchronization
import Telemetry
import TestSupport
import Testing

@testable import Gateway

/// A gateway's runs under its leases, with a real server that can be stopped.
@Suite(.timeLimit(.minutes(2))) struct RedisJournalOwnershipTests {
  private static let long: Duration = .seconds(60)
  private let one = Fence(lease: "one")
  private let two = Fence(lease: "two")

  private static func place(_ server: RedisProcess) -> RedisConfiguration {
    var place = RedisConfiguration(server: RedisServer(host: "127.0.0.1", port: server.port, isEncrypted: false))
    place.prefix = UUID().uuidString
    return place
  }

  @Test func `what is still left of a run under an old lease does not take away the one under the new`() async throws {
    let place = Self.place(try await RedisProcess.shared())
    try await RunStand.run(TemporaryFolder(), on: place) { stand async throws in
      let leases = try #require(stand.journal.leases)
      try await leases.take(one, insteadOf: nil, for: Self.long)
      await stand.runs.hold(one)
      let task = try await stand.submit().task
      let first = try await stand.made.run(of: task)
      first.lingers.withLock { $0 = true }
      try await first.remember(.handedOver)
      try await leases.take(two, insteadOf: one, for: Self.long)
      await stand.runs.hold(two)
      #expect(await stand.runs.figures == Runs.Figures(running: 0, waiting: 0))
      #expect(try await leases.takeOver(for: two, limit: 10) == [task])
      #expect(await stand.runs.adopt([task], under: two) == [])
      #expect(await eventually { stand.made.tasks.count == 2 })
      first.giveUp()
      // It has nothing to say any more, however long one looks.
      #expect(await !eventually(within: .milliseconds(300)) { await stand.runs.figures.running != 1 })
      let receipt = try await stand.runs.take(
        Asker.probe("kim").wanting(.pause(why: nil)), on: try await stand.task(task))
      #expect(receipt.seq == 99 && first.words == [])
    }
  }

  @Test func `a task that was moved away is not adopted, and what belongs to nobody here is begun by nobody here`()
    async throws
  {
    let place = Self.place(try await RedisProcess.shared())
    try await RunStand.run(TemporaryFolder(), on: place) { stand async throws in
      let leases = try #require(stand.journal.leases)
      #expect(try await stand.refusal(.saying("Too early.")) == .runMoving)
      try await leases.take(one, insteadOf: nil, for: Self.long)
      await stand.runs.hold(one)
      let task = try await stand.submit().task
      try await leases.take(two, insteadOf: one, for: Self.long)
      #expect(try await leases.takeOver(for: two, limit: 10) == [task])
      await stand.runs.letGo(of: one)
      await stand.runs.hold(Fence(lease: "three"))
      #expect(await stand.runs.adopt([task], under: Fence(lease: "three")) == [])
      #expect(await stand.runs.figures.running == 0 && stand.made.tasks.count == 1)
      // The lease is none that the server knows.
      #expect(try await stand.refusal(.saying("Not here.")) == .runMoving)
    }
  }

  @Test func `while its owner is down nobody ends a run, and whoever has it next says what came of what was wanted`()
    async throws
  {
    let place = Self.place(try await RedisProcess.shared())
    let task = try await RunStand.run(TemporaryFolder(), agents: ["checker": 1], on: place) { stand async throws in
      let leases = try #require(stand.journal.leases)
      try await leases.take(one, insteadOf: nil, for: Self.long)
      await stand.runs.hold(one)
      let task = try await stand.submit().task
      try await stand.made.run(of: task).remember(.handedOver)
      try await WithoutAgentTests.wanted(stand, task, under: one)
      try await leases.release(one)
      return task
    }
    try await RunStand.run(TemporaryFolder(), agents: ["other": 1], on: place) { stand async throws in
      let end = TaskEvent.status(.init(taskID: task, contextID: task, status: TaskStatus(.completed)))
      let batch = Batch(
        task: task, entries: [RunRecords.event(end, origin: "somebody")],
        change: TaskChange(state: TaskState.completed.word, isFinal: true))
      #expect(try await stand.journal.append(batch) == .refused(.fenced))
      let leases = try #require(stand.journal.leases)
      try await leases.take(two, insteadOf: nil, for: Self.long)
      await stand.runs.hold(two)
      #expect(try await leases.takeOver(for: two, limit: 10) == [task])
      #expect(await stand.runs.adopt([task], under: two) == [])
      #expect(try await stand.task(task).state == "failed")
      #expect(try await WithoutAgentTests.verdicts(task, stand) == ["cancel undelivered"])
    }
  }

  @Test func `a run whose task the journal does not have any more is over, and its place is free`() async throws {
    let server = try await RedisProcess.shared()
    let place = Self.place(server)
    try await RunStand.run(TemporaryFolder(), on: place) { stand async throws in
      try await #require(stand.journal.leases).take(one, insteadOf: nil, for: Self.long)
      await stand.runs.hold(one)
      let task = try await stand.submit().task
      let run = try await stand.made.run(of: task)
      try await server.command("DEL", "{\(place.prefix)}:t:\(task)")
      run.giveUp()
      #expect(await eventually { await stand.runs.figures.running == 0 })
      #expect(await eventually { (try? await (stand.journal as? RedisJournal)?.line.look().running) == 0 })
    }
  }

  @Test func `a server that does not answer in time ends the lease, and the next one has the runs again`() async throws
  {
    let server = try RedisProcess(RedisProcess.forgetful)
    try await server.start()
    try await RunStand.run(TemporaryFolder(), on: Self.place(server)) { stand async throws in
      let leases = try #require(stand.journal.leases)
      let figures = LeaseFigures(stand.metrics, clock: .system)
      let log = KeptLines()
      let ownership = Ownership(
        leases, of: stand.runs, orders: OrderDesk(leases, clock: .system), figures: figures, clock: .system,
        log: Log(sink: log, minimumLevel: .info, clock: { 0 }),
        terms: LeaseTerms(length: .seconds(3), pause: .milliseconds(50), margin: .seconds(1)))
      try await ownership.begin()
      let first = try #require(figures.held)
      #expect(first.secondsLeft > 0 && first.secondsLeft <= 2)
      let task = try await stand.submit().task
      try await stand.made.run(of: task).remember(.handedOver)
      let start = ContinuousClock.now
      try await server.command("CLIENT", "PAUSE", "4500")
      #expect(await eventually { await stand.runs.figures.running == 0 })
      // It did not have to hear of it.
      #expect(ContinuousClock.now - start < .milliseconds(4400))
      #expect(figures.held == nil)
      #expect(await eventually { await stand.runs.figures.running == 1 })
      #expect(stand.made.tasks == [task, task])
      let second = try #require(figures.held)
      #expect(second.fence != first.fence)
      #expect(try await stand.task(task).lease == second.fence)
      #expect(log.all.contains { $0.contains("could not be renewed in time") })
      await ownership.stop()
      #expect(try await !leases.renew(second.fence, for: Self.long))
    }
    await server.kill()
  }
}
