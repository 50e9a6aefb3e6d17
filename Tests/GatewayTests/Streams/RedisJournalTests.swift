import Foundation
import JSON
import Journal
import TestSupport
import Testing

@testable import Gateway

/// Gateways whose journal is on a Redis server.
@Suite struct RedisJournalTests {
  private static func place(_ server: RedisProcess, _ prefix: String) -> RedisConfiguration {
    var place = RedisConfiguration(server: RedisServer(host: "127.0.0.1", port: server.port, isEncrypted: false))
    place.prefix = prefix
    return place
  }

  @Test func `two gateways on one journal: what one stores, the watchers of both see, once and in order`() async throws
  {
    let place = Self.place(try await RedisProcess.shared(), UUID().uuidString)
    try await RecordStand.run {
      $0.journal.redis = place
    } _: { one async throws in
      try await RecordStand.run {
        $0.journal.redis = place
      } _: { other async throws in
        #expect(one.journal.epoch == other.journal.epoch)
        try await one.open("t1")
        let readers = [
          try await one.watch("/t1", checking: StreamChecker(of: ["t1"])),
          try await other.watch("/t1", checking: StreamChecker(of: ["t1"])),
        ]
        for round in 0..<50 { try await (round.isMultiple(of: 2) ? one : other).say("t1", 3) }
        try await other.say("t1", final: true)
        for reader in readers {
          #expect(await reader.read { $0.farewell != nil })
          #expect(reader.checker.faults == [])
          #expect(reader.checker.seqs == ["t1": 152])
        }
        let status = try #require(try await other.gateway.status()["journal"])
        #expect(status["engine"]?.string == "redis")
        #expect(status["server"]?.string == place.server.description)
        #expect(status["durability"]?.string == "volatile")
        #expect(status["tail"]?.string == "\(one.journal.epoch).152")
        #expect(status["bytes"] == nil)
      }
    }
  }

  @Test func `a server that has lost its data ends streams, which come back to a reset`() async throws {
    let server = try RedisProcess(RedisProcess.forgetful)
    try await server.start()
    try await RecordStand.run {
      $0.journal.redis = Self.place(server, "lost")
    } _: { stand async throws in
      try await stand.open("t1")
      try await stand.say("t1", 9)
      let epoch = stand.journal.epoch
      let readers = [try await stand.watch("/t1"), try await stand.watch("?all")]
      #expect(await readers[0].read(records: 10))
      #expect(await readers[1].read { !$0.resumes.isEmpty })
      try await server.command("FLUSHALL")
      try await stand.open("t1")
      #expect(stand.journal.epoch != epoch)
      for reader in readers { #expect(await reader.read { $0.farewell != nil }) }
      let again = try await stand.watch("/t1", after: "\(epoch).10")
      #expect(await again.read { $0.resetCount == 1 })
      #expect(again.checker.resumes.map(\.status) == [.reset])
      #expect(again.checker.seqs == ["t1": 1])
      // The gateway's own idea of the end has come back, too: nothing is missed behind a snapshot.
      let latest = try await stand.watch("/t1?after=latest")
      #expect(await latest.read { !$0.resumes.isEmpty })
      try await stand.say("t1", 1)
      #expect(await latest.read(records: 1))
      #expect(await again.read(records: 1))
    }
    await server.kill()
  }

  @Test func `a server that is away is told as such, and used again when it is back`() async throws {
    let server = try RedisProcess()
    try await server.start()
    try await RecordStand.run {
      $0.journal.redis = Self.place(server, "away")
    } _: { stand async throws in
      try await stand.open("t1")
      let reader = try await stand.watch("/t1", checking: StreamChecker(of: ["t1"]))
      #expect(await reader.read(records: 1))
      await server.kill()
      let answer = try await stand.ask("/t1")
      #expect(answer.status == 503 && answer.code == "journal-away")
      try await server.start()
      #expect(await eventually { (try? await stand.journal.task("t1")) != nil })
      try await stand.say("t1", 5)
      #expect(await reader.read(records: 6))
      #expect(reader.checker.faults == [])
    }
    await server.kill()
  }
}
