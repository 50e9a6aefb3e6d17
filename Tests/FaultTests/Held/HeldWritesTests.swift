import TestSupport
import Testing

extension Faults {
  /// A network holds back what a gateway has sent to Redis, and lets it through when the gateway's lease is long over and another has its runs.
  /// That a gateway lets go before its lease ends is no help there: only Redis can refuse what comes so late.
  @Suite(.timeLimit(.minutes(3)))
  struct HeldWritesTests {
    private struct Pair {
      let gateways: GatewayPair
      /// Between the first gateway and Redis.
      let line: HoldingLine

      var clients: Clients { gateways.clients }
      var redis: RedisProcess { gateways.redis }
      var first: ServedProcess { gateways.first }
      var second: ServedProcess { gateways.second }

      func row(of task: String, _ field: String) async throws -> String {
        try await redis.command("HGET", "{signalbox}:t:\(task)", field)
      }

      /// What is remembered of the run.
      func memory(of task: String) async throws -> String {
        try await redis.command("HGET", "{signalbox}:m:\(task)", "run")
      }
    }

    private static func run(_ body: (Pair) async throws -> Void) async throws {
      let redis = try RedisProcess(RedisProcess.forgetful)
      try await redis.start()
      try await HoldingLine.with(to: redis.port) { line in
        try await GatewayPair.run(on: redis, firstThrough: line.port) { gateways in
          try await body(Pair(gateways: gateways, line: line))
        }
      }
      await redis.kill()
    }

    @Test func `what was under way to Redis when another took the runs over is not stored when it arrives`()
      async throws
    {
      try await Self.run { pair async throws in
        let tasks = [
          try await pair.first.submit("test-steady", by: pair.clients),
          try await pair.first.submit("test-steady", by: pair.clients),
          try await pair.first.submit("test-steady", by: pair.clients),
        ]
        // One for each at each gateway.
        let crowd = Crowd(2 * tasks.count) { number in
          let port = (number < tasks.count ? pair.first : pair.second).ports.people
          return Watcher(clients: pair.clients, port: port, tasks: [tasks[number % tasks.count]])
        }
        let seen = try await crowd.watch {
          try await crowd.untilArrived()
          try await Self.areAtWork(tasks, at: pair.second, pair.clients)
          let leases = try await Self.leases(of: tasks, pair)
          pair.line.hold()
          var connections: Set<Int> = []
          for task in tasks { connections.insert(try await Self.untilHeld([task, "TASK_STATE_WORKING"], pair)) }
          try await Self.untilTakenOver(tasks, from: leases, pair)
          try await Self.release(connections, pair)
          for task in tasks {
            let stored = try await StoredBatches(of: task, in: pair.redis)
            #expect(stored.faults == [])
            #expect(stored.writers.count == 2)
          }
          for task in tasks { try await Self.stop(task, pair) }
          try await crowd.untilDone()
        }
        for task in tasks {
          let worked = try await Self.ending(of: task, pair)
          for (watcher, watched) in zip(crowd.watchers, seen) where watcher.tasks == [task] {
            #expect(
              watched.checker.faults.isEmpty && watched.checker.isFinished
                && watched.checker.recordCount == worked.records.count, "\(watched.summary) of \(worked.summary)")
          }
        }
      }
    }

    @Test func `what was to be remembered of a run before another took it over is not kept when it arrives`()
      async throws
    {
      try await Self.run { pair async throws in
        // The agent hears of the task when this is stored, and not before.
        pair.line.hold { $0.says(Self.beforeTheAgent) }
        let task = try await pair.first.submit("test-steady", by: pair.clients)
        let leases = try await Self.leases(of: [task], pair)
        let connection = try await Self.untilHeld([task, Self.beforeTheAgent], pair)
        try await Self.untilTakenOver([task], from: leases, pair)
        let kept = try await pair.memory(of: task)
        #expect(kept.contains(#""phase":"handed-over""#), "\(kept)")
        try await Self.release([connection], pair)
        #expect(try await pair.memory(of: task) == kept, "A gateway that has lost the run has written its memory.")
        try await Self.stop(task, pair)
        _ = try await Self.ending(of: task, pair)
      }
    }

    private static let beforeTheAgent = #""phase":"handing-over""#

    // MARK: One thing after the other

    private static func leases(of tasks: [String], _ pair: Pair) async throws -> [String] {
      var leases: [String] = []
      for task in tasks { leases.append(try await pair.row(of: task, "lease")) }
      return leases
    }

    /// Waits until a command is held that says all of this. Gives the connection on which it came.
    private static func untilHeld(_ texts: [String], _ pair: Pair) async throws -> Int {
      func one() -> Int? {
        pair.line.held.first { held in texts.allSatisfy { held.command.says($0) } }?.connection
      }
      _ = await eventually { one() != nil }
      return try #require(one(), "\(pair.line.held.count) commands are held, and none says \(texts)")
    }

    private static func untilTakenOver(_ tasks: [String], from leases: [String], _ pair: Pair) async throws {
      for (task, lease) in zip(tasks, leases) {
        let isTaken = try await eventually { try await pair.row(of: task, "lease") != lease }
        try #require(isTaken, "It still is \(lease)'s.")
      }
      try await areAtWork(tasks, at: pair.second, pair.clients)
    }

    private static func areAtWork(_ tasks: [String], at gateway: ServedProcess, _ clients: Clients) async throws {
      for task in tasks {
        let before = try await gateway.look(at: task, by: clients).records.count
        try await gateway.until(task, by: clients) { $0.records.count > before + 2 }
      }
    }

    /// Lets go of what is held, and waits until Redis has carried it out.
    private static func release(_ connections: Set<Int>, _ pair: Pair) async throws {
      try #require(await eventually { pair.line.left.isSuperset(of: connections) }, "The gateway has not hung up.")
      pair.line.release()
      try #require(await eventually { pair.line.carriedOut.isSuperset(of: connections) }, "Redis has not done it.")
    }

    /// Through the gateway that was cut off, which knows by then whose the run is.
    private static func stop(_ task: String, _ pair: Pair) async throws {
      let isBack = await eventually { (try? await pair.first.get("/api/tasks/\(task)", by: pair.clients)) != nil }
      try #require(isBack)
      let verdict = try await pair.first.verdict("cancel", of: task, by: pair.clients)
      #expect(verdict.word == "stopped", "\(verdict)")
    }

    private static func ending(of task: String, _ pair: Pair) async throws -> WorkedTask {
      let worked = try await pair.second.ending(of: task, by: pair.clients)
      #expect(
        worked.isWhole && worked.state == "canceled" && worked.stepsRise && worked.verdicts == ["stopped"],
        "\(worked.steps), \(worked.story)")
      let stored = try await StoredBatches(of: task, in: pair.redis)
      #expect(stored.faults == [])
      return worked
    }
  }
}
