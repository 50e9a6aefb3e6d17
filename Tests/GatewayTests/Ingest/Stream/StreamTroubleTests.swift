import HTTP
import JSON
import Journal
import TestSupport
import Testing

@testable import Gateway

/// What goes wrong with the server, the stream and the journal, and that it goes on by itself.
@Suite(.timeLimit(.minutes(3)))
struct StreamTroubleTests {
  @Test func `a server that is emptied is begun again, and nothing that was stored is stored twice`() async throws {
    try await StreamScene.run { scene async throws in
      try await scene.open("t")
      try await scene.publish("t", 1...5)
      try await scene.settle()
      try await scene.redis.command("FLUSHALL")
      try await scene.open("t")
      try await scene.publish("t", 4...9)
      try await scene.settle()
      #expect(try await scene.numbers("t") == Array(1...9))
      #expect(try await scene.refused() == [])
    }
  }

  @Test(arguments: [["XGROUP", "DESTROY", StreamScene.stream, "signalbox"], ["DEL", StreamScene.stream]])
  func `a stream or a group that is removed is made again, and somebody is told`(_ command: [String]) async throws {
    try await StreamScene.run { scene async throws in
      try await scene.open("t")
      try await scene.publish("t", 1...9)
      try await scene.settle()
      try await scene.redis.command(command)
      #expect(try await scene.waits(for: .reading, error: "has gone. It is made again"))
      try await scene.publish("t", 10...12)
      try await scene.settle()
      #expect(try await scene.numbers("t") == Array(1...12))
      #expect(try await scene.refused() == [])
    }
  }

  @Test func `a key of another type, and a user without rights, are said in words until they are put right`()
    async throws
  {
    try await StreamScene.run(before: { try await $0.command("SET", StreamScene.stream, "x") }) { scene async throws in
      #expect(try await scene.waits(for: .waiting, error: "is no stream"))
      try await scene.redis.command("DEL", StreamScene.stream)
      try await scene.open("t")
      try await scene.publish("t", 1...1)
      try await scene.settle()
      try await scene.redis.command("ACL", "SETUSER", "default", "-xreadgroup", "-eval")
      try await scene.publishBesides()
      #expect(try await scene.waits(for: .waiting, error: "does not let its user do"))
      try await scene.redis.command("ACL", "SETUSER", "default", "+@all")
      try await scene.settle()
      #expect(try await scene.numbers("t") == [1, 2])
      #expect(try await scene.waits(for: .reading))
    }
  }

  @Test func `a server that is restarted, or whose connections are cut, is gone on with`() async throws {
    try await StreamScene.run(RedisProcess.careful) { scene async throws in
      try await scene.open("t")
      for round in 0..<5 {
        try await scene.publish("t", round * 50 + 1...round * 50 + 50)
        try await scene.redis.command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")
      }
      await scene.redis.kill()
      #expect(try await scene.waits(for: .waiting, error: "is away"))
      try await scene.redis.start()
      try await scene.publish("t", 251...300)
      try await scene.settle()
      #expect(try await scene.numbers("t") == Array(1...300))
      #expect(try await scene.refused() == [])
    }
  }

  @Test func `entries that the stream has let go of before they were read are counted and told`() async throws {
    try await StreamScene.run { scene async throws in
      try await scene.open("t")
      try await scene.publish("t", 1...3)
      try await scene.settle()
      // Nobody may read for a moment, while the producer adds and trims.
      try await scene.redis.command("SET", "signalbox:events:signalbox:reader", "somebody", "PX", "1500")
      try await scene.publish("t", 4...9)
      try await scene.redis.command("XTRIM", StreamScene.stream, "MAXLEN", "2")
      #expect(try await eventually(within: .seconds(20)) { try await scene.metric("signalbox_ingest_lost_total") == 4 })
      #expect(try await scene.status()["lastError"]?.string?.contains("4 entries are missing") == true)
      try await scene.settle()
      #expect(try await scene.refused().map { $0.prefix(12) } == ["producer-gap", "producer-gap"])
      // The producer begins a new epoch, and all is well; what was told once is not told again.
      try await scene.publish("t", 1...40, epoch: 2)
      try await scene.settle()
      #expect(try await scene.numbers("t") == [1, 2, 3] + Array(1...40))
      #expect(try await scene.metric("signalbox_ingest_lost_total") == 4)
    }
  }

  @Test func `as long as the journal is away nothing is settled, and then each event is there once`() async throws {
    let store = try RedisProcess(RedisProcess.careful)
    try await store.start()
    try await StreamScene.run(configure: { configuration, _ in
      let server = RedisServer(host: "127.0.0.1", port: store.port, isEncrypted: false)
      configuration.journal.redis = RedisConfiguration(server: server)
    }) { scene async throws in
      try await scene.open("t")
      try await scene.publish("t", 1...20)
      try await scene.settle()
      await store.kill()
      try await scene.publish("t", 21...300)
      #expect(try await scene.waits(for: .waiting, error: "The journal takes nothing"))
      // Another gateway whose journal is there could read.
      #expect(try await scene.redis.command("EXISTS", "signalbox:events:signalbox:reader") == "0")
      #expect(try await scene.refused() == [])
      try await store.start()
      try await scene.settle()
      #expect(try await scene.numbers("t") == Array(1...300))
      #expect(try await scene.refused() == [])
    }
    await store.kill()
  }

  @Test func `what another consumer was given and left is taken over in its order`() async throws {
    try await StreamScene.run(before: { redis in
      try await redis.command("XGROUP", "CREATE", StreamScene.stream, "signalbox", "0", "MKSTREAM")
      for seq in 1...30 {
        try await redis.command(
          "XADD", StreamScene.stream, "*", "task", "t", "agent", "import", "producer", "p", "epoch", "1", "seq",
          "\(seq)", "event", "{\"n\":\(seq)}")
      }
      for dead in ["a", "b", "a"] {
        try await redis.command(
          "XREADGROUP", "GROUP", "signalbox", dead, "COUNT", "7", "STREAMS", StreamScene.stream, ">")
      }
    }) { scene async throws in
      try await scene.settle()
      #expect(try await scene.numbers("t") == Array(1...30))
      #expect(try await scene.refused() == [])
    }
  }

  @Test func `a holder that is too late is replaced, and neither stores anything twice`() async throws {
    try await StreamScene.run { scene async throws in
      try await scene.open("t")
      for round in 0..<6 {
        // As if it had slept through its lease, and another had it for a moment.
        try await scene.redis.command("SET", "signalbox:events:signalbox:reader", "another", "PX", "300")
        try await scene.publish("t", round * 20 + 1...round * 20 + 20)
      }
      try await scene.settle()
      #expect(try await scene.numbers("t") == Array(1...120))
      #expect(try await scene.refused() == [])
    }
  }
}

extension StreamScene {
  /// As somebody whom a change of the default user's rights does not touch.
  fileprivate func publishBesides() async throws {
    try await add("task", "t", "producer", "p", "epoch", "1", "seq", "2", "event", "{\"n\":2}")
  }
}
