import Journal
import Synchronization
import TestSupport
import Testing

/// Several gateways on one journal, and a journal that is not what it was.
@Suite struct SharedJournalTests {
  @Test func `each hears of what all have stored, in the one order`() async throws {
    let stage = try await RedisStage(RedisProcess.forgetful)
    var journals: [RedisJournal] = []
    var followings: [Following] = []
    let heard = [Heard(), Heard(), Heard()]
    for one in heard {
      let journal = try await stage.open()
      followings.append(try await journal.follow { one.add($0) })
      journals.append(journal)
    }
    #expect(Set(journals.map(\.epoch)).count == 1)
    try await withThrowingTaskGroup { group in
      for task in 0..<30 {
        let journals = journals
        group.addTask {
          try await journals[task % 3].store(.opening("\(task)", tenant: "acme", context: "c"))
          // One task is written to from all sides.
          for event in 0..<30 { try await journals[event % 3].store(.events("\(task)", ["\(event)", "\(event)'"])) }
        }
      }
      try await group.waitForAll()
    }
    let total = 30 * 61
    for one in heard { #expect(await eventually { one.records.count >= total }) }
    let isInOrder = heard[0].records.map(\.offset) == (1...Int64(total)).map { $0 }
    let areAlike = heard.allSatisfy { $0.records == heard[0].records }
    #expect(isInOrder && areAlike)
    withExtendedLifetime(followings) {}
    for journal in journals { await journal.close() }
    await stage.end()
  }

  @Test func `a follower knows whose task it is, and whether it has ended, whoever has stored it`() async throws {
    let stage = try await RedisStage(RedisProcess.forgetful)
    let (writer, reader) = (try await stage.open(), try await stage.open())
    let heard = Mutex<[Committed]>([])
    let following = try await reader.follow { committed in heard.withLock { $0 += committed } }
    let opening = Batch.opening("a", tenant: "acme", title: "t", key: "k", context: "")
    try await writer.store(opening)
    try await writer.store(.end("a"))
    #expect(await eventually { heard.withLock { $0.count } == 2 })
    #expect(heard.withLock { $0.map(\.opening) } == [opening.opening, opening.opening])
    #expect(heard.withLock { $0.map(\.isFinal) } == [false, true])
    withExtendedLifetime(following) {}
    await writer.close()
    await reader.close()
    await stage.end()
  }

  @Test func `a server that has lost everything has another epoch, also while it is used`() async throws {
    let stage = try await RedisStage(RedisProcess.forgetful)
    let journal = try await stage.open()
    let heard = Heard()
    let tails = Mutex<[Int64]>([])
    journal.whenRenewed { tail in tails.withLock { $0.append(tail) } }
    let following = try await journal.follow { heard.add($0) }
    let first = journal.epoch
    try await journal.store(.opening("a"))
    try await journal.store(.events("a", ["x", "y"]))
    #expect(await eventually { heard.records.count == 3 })
    try await stage.server.command("FLUSHALL")
    #expect(try await journal.append(.events("a", ["z"])) == .refused(.noSuchTask))
    let second = journal.epoch
    #expect(second != first)
    #expect(tails.withLock { $0 } == [0])
    try await journal.store(.opening("a"))
    #expect(await eventually { heard.records.count == 4 })
    // And with a restart that brings nothing back.
    await stage.server.kill()
    try await stage.server.start()
    try await journal.store(.opening("b"))
    #expect(journal.epoch != second)
    #expect(await eventually { heard.records.map(\.task) == ["a", "a", "a", "a", "b"] })
    #expect(stage.log.lines.contains { $0.contains("has lost what it had stored") })
    withExtendedLifetime(following) {}
    await journal.close()
    await stage.end()
  }

  /// The counter alone would not tell: others have gone on meanwhile.
  @Test func `records that are others' under the same numbers are noticed`() async throws {
    let stage = try await RedisStage(RedisProcess.forgetful)
    let door = try ReplyHole(before: stage.server.port)
    let journal = try await stage.open {
      $0.server = RedisServer(host: "127.0.0.1", port: door.port, isEncrypted: false)
    }
    let epoch = journal.epoch
    try await journal.store(.opening("a"))
    try await stage.server.command("SAVE")
    try await journal.store(.events("a", ["lost"]))
    door.close()
    await stage.server.kill()
    try await stage.server.start()
    let other = try await stage.open()
    #expect(other.epoch == epoch)
    #expect(try await other.store(.events("a", ["another's"])).map(\.offset) == [2])
    let reopened = try ReplyHole(before: stage.server.port, at: door.port)
    #expect(try await journal.all(of: "a").map(\.text) == ["opened", "another's"])
    #expect(journal.epoch != epoch)
    // Whoever was there before hears of it with the next call.
    _ = try await other.bounds()
    #expect(other.epoch == journal.epoch)
    reopened.close()
    await other.close()
    await journal.close()
    await stage.end()
  }

  @Test func `one that starts anew, or has seen no more than there is, keeps the epoch`() async throws {
    let stage = try await RedisStage()
    let journal = try await stage.open()
    let epoch = journal.epoch
    try await journal.store(.opening("a"))
    try await journal.store(.end("a"))
    try await stage.cut()
    _ = try await journal.trim(Retention(tasks: 0), now: 0)
    // What was seen last is gone by retention, which is no loss.
    try await stage.cut()
    #expect(try await journal.task("a") == nil)
    #expect(journal.epoch == epoch)
    let other = try await stage.open()
    #expect(other.epoch == epoch)
    await other.close()
    await journal.close()
    await stage.end()
  }
}
