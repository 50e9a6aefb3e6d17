import HTTP
import JSON
import Journal
import TestSupport
import Testing

@testable import Gateway

/// Events that come over a Redis stream, from a real server.
@Suite(.timeLimit(.minutes(3)))
struct StreamIngestTests {
  @Test func `tasks are opened, published to and ended, each event once however often it was added`() async throws {
    try await StreamScene.run { scene async throws in
      try await scene.open("t1")
      try await scene.publish("t1", 1...250)
      // Whoever has heard no answer adds it again.
      try await scene.publish("t1", 240...260, end: "completed")
      try await scene.publish("t1", 255...260, end: "completed")
      try await scene.open("t1")
      try await scene.settle()
      #expect(try await scene.numbers("t1") == Array(1...260))
      let task = try await scene.scene.task("t1")
      #expect(task.opening.owner == "own" && task.opening.tenant == "acme" && task.opening.agent == "import")
      #expect(task.state == "completed" && task.isFinal)
      #expect(try await scene.scene.records(of: "t1").last?.origin == "own")
      #expect(try await scene.refused() == [])
      #expect(try await scene.metric(#"signalbox_ingest_entries_total{outcome="stored"}"#) == 261)
      #expect(try await scene.metric(#"signalbox_ingest_entries_total{outcome="repeated"}"#) == 18)
      #expect(try await scene.metric("signalbox_ingest_reading") == 1)
      let status = try await scene.status()
      #expect(status["state"]?.string == "reading" && status["lastError"] == nil)
      #expect(status["stream"]?.string == StreamScene.stream && status["principal"]?.string == "own")
    }
  }

  @Test func `what was there before the gateway is read, and a later epoch goes on from one`() async throws {
    try await StreamScene.run(before: { redis in
      for (epoch, seq) in [(1, 1), (1, 2), (2, 1), (2, 2), (5, 1)] {
        try await redis.command(
          "XADD", StreamScene.stream, "*", "task", "t", "agent", "import", "producer", "p", "epoch", "\(epoch)", "seq",
          "\(seq)", "event", "{\"n\":\(epoch * 10 + seq)}")
      }
    }) { scene async throws in
      try await scene.settle()
      #expect(try await scene.numbers("t") == [11, 12, 21, 22, 51])
      #expect(try await scene.refused() == [])
      try await scene.publish("t", 3...3, epoch: 2)
      try await scene.settle()
      #expect(try await scene.refused().map { $0.prefix(15) } == ["producer-fenced"])
    }
  }

  @Test func `each bad entry is put aside with its reason, and what comes behind it has its place`() async throws {
    try await StreamScene.run { scene async throws in
      try await scene.open("t")
      try await scene.publish("t", 1...2)
      try await scene.add("task", "t", "producer", "p", "epoch", "1", "seq", "3", "event", "no JSON")
      try await scene.publish("t", 4...4)
      try await scene.add("colour", "red")
      // 300 KiB in an event.
      try await scene.redis.command(
        "EVAL",
        "return redis.call('XADD', KEYS[1], '*', 'task', 't', 'producer', 'p', 'epoch', '1', 'seq', '5', 'event', "
          + "'{\"x\":\"' .. string.rep('x', 300000) .. '\"}')", "1", StreamScene.stream)
      try await scene.publish("t", 6...6)
      // Out of the count, into a task that is not there, into another's.
      try await scene.publish("t", 9...9)
      try await scene.publish("nowhere", 1...1)
      let foreign = try await scene.scene.open(as: .stranger)
      try await scene.publish(foreign, 1...1)
      try await scene.publish("t", 7...7, end: "completed")
      try await scene.publish("t", 8...8)
      try await scene.settle()
      #expect(try await scene.numbers("t") == [1, 2, -1, 4, -1, 6, 7])
      let gaps = try await scene.scene.records(of: "t").filter { $0.kind == .gap }
      #expect(gaps.map(\.seq) == [4, 6])
      let why = try JSONValue(parsing: try #require(gaps.first).payload)
      #expect(why["why"]?.string?.hasPrefix("An event of p was refused: The event is no JSON") == true)
      #expect(why["missing"]?.elements.map { $0.string } == ["event 3"])
      #expect(try await scene.scene.records(of: foreign).count == 1)
      let refused = try await scene.refused()
      #expect(
        refused.map { $0.prefix { $0 != " " } } == [
          "bad-event", "bad-entry", "event-too-large", "producer-gap", "not-found", "not-found", "task-ended",
        ], "\(refused)")
      #expect(refused[3].contains("Producer-Seq 7"))
      // With all that the entry had.
      let kept = try await scene.redis.command("XRANGE", "\(StreamScene.stream):refused", "-", "+", "COUNT", "1")
      #expect(kept.contains("no JSON") && kept.contains("seq\n3"))
      #expect(try await scene.redis.command("XRANGE", "\(StreamScene.stream):refused", "-", "+").utf8.count > 300_000)
      #expect(try await scene.metric(#"signalbox_ingest_entries_total{outcome="refused"}"#) == 7)
      // Told with the next renewal of the lease.
      #expect(try await eventually { try await scene.status()["refused"]?.int == 7 })
      let told = scene.scene.gateway.log.all.filter { $0.contains("entries of the stream were refused") }
      #expect((1...2).contains(told.count), "\(told)")
      // Put back in its order, it is taken.
      try await scene.publish("t", 7...8)
      try await scene.settle()
      #expect(try await scene.refused().count == 8)
    }
  }

  @Test func `a principal that may not, or is nobody, stores nothing: the first refuses, the second waits`()
    async throws
  {
    try await StreamScene.run(as: "watcher") { scene async throws in
      let id = try await scene.scene.open(as: .own)
      try await scene.publish(id, 1...1)
      try await scene.settle()
      #expect(try await scene.refused().map { $0.prefix(9) } == ["forbidden"])
      #expect(try await scene.numbers(id) == [])
    }
    try await StreamScene.run(as: "nobody") { scene async throws in
      try await scene.open("t")
      #expect(try await scene.waits(for: .waiting, error: "No entry of"))
      #expect(try await scene.redis.command("XLEN", StreamScene.stream) == "1")
      #expect(try await scene.refused() == [])
    }
  }

  @Test func `another gateway stands by, and goes on at once when the first one ends`() async throws {
    let redis = try RedisProcess(RedisProcess.forgetful)
    try await redis.start()
    func configure(_ configuration: inout GatewayConfiguration) throws {
      let server = RedisServer(host: "127.0.0.1", port: redis.port, isEncrypted: false)
      configuration.journal.redis = RedisConfiguration(server: server)
      try StreamScene.configure(&configuration, redis)
      // Not by its running out.
      configuration.streamIngest?.lease = .seconds(60)
    }
    try await IngestScene.run(configure: configure) { one async throws in
      let first = StreamScene(scene: one, redis: redis)
      #expect(try await first.waits(for: .reading))
      try await IngestScene.run(configure: configure) { two async throws in
        let second = StreamScene(scene: two, redis: redis)
        #expect(try await second.waits(for: .standby))
        try await second.open("t")
        try await second.publish("t", 1...50)
        try await second.settle()
        #expect(try await second.metric("signalbox_ingest_reading") == 0)
        await one.gateway.gateway.stop()
        #expect(try await second.waits(for: .reading))
        try await second.publish("t", 51...100)
        try await second.settle()
        #expect(try await second.numbers("t") == Array(1...100))
        #expect(try await second.refused() == [])
        // The consumer that has gone is not kept.
        #expect(
          try await redis.command("XINFO", "CONSUMERS", StreamScene.stream, "signalbox").components(name: "name") == 1)
      }
    }
    await redis.kill()
  }
}

extension String {
  /// How many lines say this.
  fileprivate func components(name: String) -> Int { split(separator: "\n").filter { $0 == name }.count }
}
