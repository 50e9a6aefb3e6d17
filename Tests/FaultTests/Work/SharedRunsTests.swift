import Foundation
import HTTP
import JSON
import TestSupport
import Testing

extension Faults {
  /// Two gateways on one Redis, each with its own way to the same agent: whose run it is, whatever becomes of one of them.
  @Suite(.timeLimit(.minutes(5)))
  struct SharedRunsTests {
    private static func run(
      _ settings: [String] = [], _ body: (GatewayPair, AgentLine) async throws -> Void
    ) async throws {
      let redis = try RedisProcess(RedisProcess.forgetful)
      try await redis.start()
      try await AgentLine.with(to: redis.port) { line in
        try await GatewayPair.run(on: redis, firstThrough: line.port, settings) { pair in try await body(pair, line) }
      }
      await redis.kill()
    }

    /// It works, and the agent goes on telling of it.
    private static func isAtWork(_ task: String, at gateway: ServedProcess, _ clients: Clients) async throws {
      let before = try await gateway.look(at: task, by: clients).records.count
      try await gateway.until(task, by: clients) { $0.records.count > before + 10 }
    }

    /// It is stopped through this gateway, once, and is whole.
    private static func stops(_ task: String, through gateway: ServedProcess, _ clients: Clients) async throws {
      let verdict = try await gateway.verdict("cancel", of: task, by: clients)
      #expect(verdict.word == "stopped", "\(verdict)")
      let worked = try await gateway.ending(of: task, by: clients)
      #expect(worked.isWhole && worked.state == "canceled", "\(worked.summary)")
      #expect(worked.kinds("verdict").count == 1, "\(worked.summary)")
    }

    @Test func `a cancel and an answer reach the run whichever gateway takes them, and one answer wins`() async throws {
      try await Self.run { pair, _ async throws in
        let endless = try await pair.first.submit("test-endless", by: pair.clients)
        try await Self.isAtWork(endless, at: pair.second, pair.clients)
        try await Self.stops(endless, through: pair.second, pair.clients)

        let asked = try await pair.first.submit("test-ask", by: pair.clients)
        try await pair.second.until(asked, by: pair.clients) { !$0.kinds("question").isEmpty }
        let path = "/api/tasks/\(asked)/questions/q1:answer"
        async let one = pair.first.post(path, Array(#"{"id":"a-1","text":"One."}"#.utf8), by: pair.clients)
        async let two = pair.second.post(path, Array(#"{"id":"a-2","text":"Two."}"#.utf8), by: pair.clients)
        let answers = [try await one, try await two]
        let won = answers.filter { $0.0.code == 202 || $0.0.code == 200 }
        let lost = answers.filter { $0.0.code == 409 }
        let said = answers.map { String(decoding: $0.1, as: UTF8.self) }
        #expect(won.count == 1 && lost.count == 1, "\(said)")
        let worked = try await pair.second.ending(of: asked, by: pair.clients)
        #expect(worked.isWhole && worked.state == "completed", "\(worked.summary)")
        #expect(worked.kinds("answer").count == 1, "\(worked.summary)")
        // What was refused by the owner is refused in its words.
        let again = try await pair.second.post(path, Array(#"{"id":"a-3","text":"Three."}"#.utf8), by: pair.clients)
        #expect(again.0.code == 409, "\(String(decoding: again.1, as: UTF8.self))")
      }
    }

    @Test func `a gateway that is killed loses its runs to the other, which goes on`() async throws {
      try await Self.run { pair, _ async throws in
        var tasks: [String] = []
        for _ in 0..<20 { tasks.append(try await pair.first.submit("test-endless", by: pair.clients)) }
        for task in tasks { try await pair.second.until(task, by: pair.clients) { $0.kinds("event").count > 3 } }
        try await pair.first.kill()
        let start = ContinuousClock.now
        try await withThrowingTaskGroup(of: Void.self) { group in
          for task in tasks { group.addTask { try await Self.isAtWork(task, at: pair.second, pair.clients) } }
          try await group.waitForAll()
        }
        print("Runs of a killed gateway: \(tasks.count) at work again after \(ContinuousClock.now - start)")
        for task in tasks { try await Self.stops(task, through: pair.second, pair.clients) }
      }
    }

    @Test func `a cancel that comes while nobody has the run waits for whoever takes over, or says to try again`()
      async throws
    {
      try await Self.run { pair, _ async throws in
        let task = try await pair.first.submit("test-endless", by: pair.clients)
        try await Self.isAtWork(task, at: pair.second, pair.clients)
        try await pair.first.kill()
        try await Self.stops(task, through: pair.second, pair.clients)
      }
    }

    @Test func `a gateway that was stopped for a while cannot write when it comes back, and goes on with a new lease`()
      async throws
    {
      try await Self.run { pair, _ async throws in
        let task = try await pair.first.submit("test-endless", by: pair.clients)
        try await Self.isAtWork(task, at: pair.second, pair.clients)
        pair.first.program.signal(SIGSTOP)
        try await Self.isAtWork(task, at: pair.second, pair.clients)
        try await Task.sleep(for: .seconds(7))
        try await Self.isAtWork(task, at: pair.second, pair.clients)
        pair.first.program.signal(SIGCONT)
        try await Self.isAtWork(task, at: pair.second, pair.clients)
        // It knows whose the run is, and has a lease for another.
        try await Self.stops(task, through: pair.first, pair.clients)
        let other = try await pair.first.submit("test-endless", by: pair.clients)
        try await Self.stops(other, through: pair.second, pair.clients)
      }
    }

    @Test func `a gateway that is cut off from Redis, and not from its agent, lets go, and the other goes on`()
      async throws
    {
      try await Self.run { pair, line async throws in
        let task = try await pair.first.submit("test-endless", by: pair.clients)
        try await Self.isAtWork(task, at: pair.second, pair.clients)
        line.mode = .hold
        try await Task.sleep(for: .seconds(7))
        try await Self.isAtWork(task, at: pair.second, pair.clients)
        line.mode = .pass
        #expect(
          await eventually {
            (try? await pair.first.get("/api/tasks/\(task)", by: pair.clients)) != nil
          })
        try await Self.stops(task, through: pair.first, pair.clients)
      }
    }

    @Test func `places at an agent are given by both together, and those of a killed gateway pass to the other`()
      async throws
    {
      try await Self.run(["agents.conformance.running=2"]) { pair, _ async throws in
        var tasks: [String] = []
        for gateway in [pair.first, pair.first, pair.first, pair.second, pair.second, pair.second] {
          tasks.append(try await gateway.submit("test-endless", by: pair.clients))
        }
        for task in tasks.prefix(2) { try await Self.isAtWork(task, at: pair.second, pair.clients) }
        #expect(try await Self.working(tasks, pair) == Array(tasks.prefix(2)))
        // One more at either gateway, never a third.
        try await Self.stops(tasks[0], through: pair.second, pair.clients)
        try await Self.isAtWork(tasks[2], at: pair.second, pair.clients)
        try await Self.stops(tasks[1], through: pair.first, pair.clients)
        try await Self.isAtWork(tasks[3], at: pair.first, pair.clients)
        try await pair.first.kill()
        // The killed gateway's one is taken over before the other one ends, or it would not be seen who is given its place.
        try await Self.isAtWork(tasks[2], at: pair.second, pair.clients)
        #expect(try await Self.working(tasks, pair) == [tasks[2], tasks[3]])
        for (done, next) in [(2, 4), (3, 5)] {
          try await Self.stops(tasks[done], through: pair.second, pair.clients)
          try await Self.isAtWork(tasks[next], at: pair.second, pair.clients)
        }
        for task in tasks.suffix(2) { try await Self.stops(task, through: pair.second, pair.clients) }
      }
    }

    /// Those of which their agent tells, in this order.
    private static func working(_ tasks: [String], _ pair: GatewayPair) async throws -> [String] {
      var found: [String] = []
      for task in tasks where try await pair.second.look(at: task, by: pair.clients).state == "working" {
        found.append(task)
      }
      return found
    }

    @Test func `a gateway that ends in order gives its runs away at once`() async throws {
      try await Self.run { pair, _ async throws in
        let task = try await pair.first.submit("test-endless", by: pair.clients)
        try await Self.isAtWork(task, at: pair.second, pair.clients)
        try await pair.first.stop()
        let start = ContinuousClock.now
        try await Self.isAtWork(task, at: pair.second, pair.clients)
        #expect(ContinuousClock.now - start < .seconds(5))
        try await Self.stops(task, through: pair.second, pair.clients)
      }
    }
  }
}
