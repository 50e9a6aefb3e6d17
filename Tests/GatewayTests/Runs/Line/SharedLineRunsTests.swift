import Foundation
import Identity
import Journal
import Telemetry
import TestSupport
import Testing

@testable import Gateway

/// Runs of two gateways that share places at an agent.
@Suite(.timeLimit(.minutes(2))) struct SharedLineRunsTests {
  private struct Side: Sendable {
    let stand: RunStand
    let ownership: Ownership
    let leases: any RunLeases
    let line: RedisLine
    let figures: LeaseFigures
    /// What all keys begin with.
    let prefix: String

    init(_ stand: RunStand, prefix: String) async throws {
      self.prefix = prefix
      self.stand = stand
      leases = try #require(stand.journal.leases)
      line = try #require((stand.journal as? RedisJournal)?.line)
      figures = LeaseFigures(stand.metrics, clock: .system)
      ownership = Ownership(
        leases, of: stand.runs, orders: OrderDesk(leases, clock: .system), figures: figures, clock: .system,
        log: Log(sink: KeptLines(), minimumLevel: .info, clock: { 0 }),
        terms: LeaseTerms(length: .seconds(20), pause: .milliseconds(50), margin: .seconds(1)))
      try await ownership.begin()
    }

    func submit(_ owner: String) async throws -> String {
      try await stand.submit(by: .probe(owner)).task
    }

    /// How many run here, and wait.
    func counts() async -> [Int] {
      let figures = await stand.runs.figures
      return [figures.running, figures.waiting]
    }
  }

  /// Two gateways that share one place at the agent.
  private static func withSides(
    places: Int = 1, _ limits: WorkLimits = WorkLimits(), _ body: (Side, Side) async throws -> Void
  ) async throws {
    var redis = RedisConfiguration(
      server: RedisServer(host: "127.0.0.1", port: try await RedisProcess.shared().port, isEncrypted: false))
    redis.prefix = UUID().uuidString
    let agents = ["checker": places]
    try await RunStand.run(TemporaryFolder(), agents: agents, limits: limits, on: redis) { first async throws in
      try await RunStand.run(TemporaryFolder(), agents: agents, limits: limits, on: redis) { second async throws in
        let one = try await Side(first, prefix: redis.prefix)
        let other = try await Side(second, prefix: redis.prefix)
        try await body(one, other)
        await one.ownership.stop()
        await other.ownership.stop()
      }
    }
  }

  /// How many were told to be before it, one after the other.
  private static func places(_ task: String, _ side: Side) async throws -> [String] {
    try await side.stand.records(task).map { String(decoding: $0.payload, as: UTF8.self) }
      .filter { $0.contains("TASK_STATE_SUBMITTED") }
  }

  @Test func `a task at one gateway waits for one at the other, and begins when that has ended`() async throws {
    try await Self.withSides { one, other async throws in
      let first = try await one.submit("kim")
      let second = try await one.submit("kim")
      let third = try await other.submit("lee")
      #expect(await one.counts() == [1, 1])
      #expect(await other.counts() == [0, 1])
      #expect(other.stand.made.tasks == [])
      // Each in turn: Lee was never served.
      try await one.stand.made.run(of: first).finish()
      let lees = try await other.stand.made.run(of: third)
      #expect(await one.counts() == [0, 1])
      try await lees.finish()
      try await one.stand.made.run(of: second).finish()
      #expect(await eventually { (try? await one.line.look())?.running == 0 })
      #expect(one.stand.made.tasks == [first, second] && other.stand.made.tasks == [third])
    }
  }

  @Test func `those who wait are told a place that counts who waits at the other gateway`() async throws {
    try await Self.withSides { one, other async throws in
      let first = try await one.submit("kim")
      _ = try await one.submit("kim")
      let last = try await other.submit("kim")
      #expect(await other.stand.runs.placesInLine()[last] == 1)
      try await one.stand.made.run(of: first).finish()
      #expect(await eventually { await other.stand.runs.placesInLine()[last] == 0 })
      #expect(await eventually { (try? await Self.places(last, other).count) == 2 }, "It is told both.")
    }
  }

  @Test func `the bounds of one principal, of all that run and of all that wait hold for both together`() async throws {
    var limits = WorkLimits()
    (limits.perPrincipal, limits.running, limits.waiting) = (2, 3, 2)
    try await Self.withSides(places: 50, limits) { one, other async throws in
      _ = try await one.submit("kim")
      _ = try await other.submit("kim")
      _ = try await other.submit("kim")
      #expect(await other.counts() == [1, 1])
      _ = try await one.submit("lee")
      #expect(await one.counts() == [2, 0])
      _ = try await one.submit("ann")
      #expect(await one.counts() == [2, 1])
      for side in [one, other] {
        let refusal = try await side.stand.refusal(.saying("One more."), by: .probe("ann"))
        #expect(refusal == .tooMuchWork(waiting: 2))
        #expect(await side.counts()[1] == 1)
      }
    }
  }

  @Test func `a cancel of one who waits takes it out of the line of both`() async throws {
    try await Self.withSides { one, other async throws in
      let first = try await one.submit("kim")
      let second = try await other.submit("kim")
      let receipt = try await other.stand.runs.take(
        Asker.probe("kim").wanting(.cancel(why: nil)), on: try await other.stand.task(second))
      #expect(receipt.task == second)
      #expect(await eventually { (try? await one.line.look())?.waiting == [] })
      try await one.stand.made.run(of: first).finish()
      #expect(await eventually { (try? await one.line.look())?.running == 0 })
      #expect(other.stand.made.tasks == [])
    }
  }

  @Test func `the tasks of a gateway whose lease is over keep their places, and wait where they waited`() async throws {
    try await Self.withSides { one, other async throws in
      let first = try await one.submit("kim")
      let second = try await one.submit("kim")
      let third = try await other.submit("kim")
      try await one.stand.made.run(of: first).remember(.handedOver)
      // It gives back what it has, and takes nothing any more.
      await one.ownership.stop()
      let again = try await other.stand.made.run(of: first)
      #expect(await eventually { await other.counts() == [1, 2] })
      #expect(!again.isFresh)
      let standing = try await other.line.look()
      #expect(standing.running == 1 && standing.waiting.map(\.task) == [second, third])
      try await again.finish()
      _ = try await other.stand.made.run(of: second)
      #expect(other.stand.made.tasks == [first, second])
    }
  }

  @Test func `a gateway that has lost its lease does not begin what it is given a place for`() async throws {
    try await Self.withSides { one, other async throws in
      let first = try await one.submit("kim")
      let second = try await other.submit("kim")
      let lost = try #require(other.figures.held).fence
      await other.stand.runs.letGo(of: lost)
      await other.stand.runs.grant([second])
      #expect(other.stand.made.tasks == [])
      #expect(await other.counts() == [0, 0])
      try await other.leases.release(lost)
      // The one that takes it over begins it.
      try await one.stand.made.run(of: first).finish()
      #expect(await eventually { one.stand.made.tasks.count + other.stand.made.tasks.count == 2 })
    }
  }

  @Test func `what the server does not know any more is said again`() async throws {
    try await Self.withSides { one, _ async throws in
      let first = try await one.submit("kim")
      let second = try await one.submit("kim")
      let server = try await RedisProcess.shared()
      let keys = ["running", "waiting", "counts", "places", "served", "owners", "of:checker kim"]
      try await server.command(["DEL"] + keys.map { "{\(one.prefix)}:line:\($0)" })
      #expect(
        await eventually {
          let standing = try? await one.line.look()
          return standing?.running == 1 && standing?.waiting.map(\.task) == [second]
        })
      #expect(one.stand.made.tasks == [first])
      try await one.stand.made.run(of: first).finish()
      _ = try await one.stand.made.run(of: second)
    }
  }

  @Test func `a reload that gives an agent more places begins who waits`() async throws {
    try await Self.withSides { one, other async throws in
      _ = try await one.submit("kim")
      let second = try await one.submit("kim")
      var agent = AgentConfiguration(name: "checker", url: "https://127.0.0.1:1/", authorityFile: "")
      agent.running = 2
      for side in [other, one] { await side.stand.runs.adopt([agent]) }
      _ = try await one.stand.made.run(of: second)
    }
  }
}
