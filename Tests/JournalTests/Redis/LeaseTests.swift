import Journal
import TestSupport
import Testing

/// Which gateway has which runs, on a real server.
@Suite(.serialized) struct LeaseTests {
  private static let long: Duration = .seconds(60)
  private let mine = Fence(lease: "mine")
  private let others = Fence(lease: "others")

  private func with(_ body: (RedisJournal, any RunLeases) async throws -> Void) async throws {
    let stage = try await RedisStage(RedisProcess.forgetful)
    let journal = try await stage.open()
    try await body(journal, try #require(journal.leases))
    await journal.close()
    await stage.end()
  }

  private func opening(_ task: String, _ fence: Fence) -> Batch {
    var batch = Batch.opening(task)
    batch.fence = fence
    return batch
  }

  private func event(_ task: String, _ text: String, _ fence: Fence?) -> Batch {
    var batch = Batch.events(task, [text])
    batch.fence = fence
    return batch
  }

  @Test func `a run belongs to the lease under which it was begun, and to nobody else`() async throws {
    try await with { journal, leases in
      try await leases.take(mine, insteadOf: nil, for: Self.long)
      try await leases.take(others, insteadOf: nil, for: Self.long)
      try await journal.store(opening("a", mine))
      #expect(try await journal.task("a")?.lease == mine)
      try await journal.store(event("a", "mine", mine))
      #expect(try await journal.append(event("a", "others", others)) == .refused(.fenced))
      #expect(try await journal.remember([Memo("m", text: "1")], of: "a", under: others) == .fenced)
      #expect(try await journal.remember([Memo("m", text: "2")], of: "a", under: mine) == .kept)
      #expect(try await journal.remember([Memo("m", text: "3")], of: "b", under: mine) == .noSuchTask)
      #expect(try await journal.memos(of: "a", under: "m") == [Memo("m", text: "2")])
      // Who runs nothing shows no fence.
      try await journal.store(event("a", "a producer's", nil))
      #expect(try await leases.takeOver(for: others, limit: 10) == [])
      #expect(try await journal.all(of: "a").map(\.text) == ["opened", "mine", "a producer's"])
      // One that is no run is not one by being written to under a lease.
      try await journal.store(.opening("p"))
      #expect(try await journal.append(event("p", "mine", mine)) == .refused(.fenced))
      #expect(try await journal.task("p")?.lease == nil)
    }
  }

  @Test func `the end of a run is told by its owner alone, and that of a producer's task by anybody`() async throws {
    try await with { journal, leases in
      try await leases.take(mine, insteadOf: nil, for: Self.long)
      try await journal.store(opening("a", mine))
      try await journal.store(.opening("p"))
      #expect(try await journal.append(.end("a")) == .refused(.fenced))
      try await journal.store(.end("p"))
      // Nor while nobody has it.
      try await leases.release(mine)
      #expect(try await journal.append(.end("a")) == .refused(.fenced))
      #expect(try await journal.task("a")?.isFinal == false)
      #expect(try await journal.all(of: "a").map(\.text) == ["opened"])
      var end = Batch.end("a")
      end.fence = mine
      try await journal.store(end)
      #expect(try await journal.append(.end("a")) == .refused(.taskEnded))
    }
  }

  @Test func `a lease that is over begins nothing, is not renewed, and takes over nothing`() async throws {
    try await with { journal, leases in
      #expect(try await journal.append(opening("a", mine)) == .refused(.fenced))
      try await leases.take(mine, insteadOf: nil, for: .milliseconds(50))
      #expect(try await eventually { try await !leases.renew(mine, for: .milliseconds(1)) })
      #expect(try await !leases.renew(mine, for: Self.long))
      #expect(try await journal.append(opening("a", mine)) == .refused(.fenced))
      #expect(try await leases.takeOver(for: mine, limit: 10) == nil)
      #expect(try await journal.task("a") == nil)
    }
  }

  @Test func `what is left behind is moved once, the oldest first, in pieces, and its last owner cannot write`()
    async throws
  {
    try await with { journal, leases in
      try await leases.take(mine, insteadOf: nil, for: Self.long)
      for number in 0..<7 { try await journal.store(opening("t\(number)", mine)) }
      var end = Batch.end("t2")
      end.fence = mine
      try await journal.store(end)
      try await leases.take(others, insteadOf: nil, for: Self.long)
      #expect(try await leases.takeOver(for: others, limit: 4) == [])
      try await leases.release(mine)
      // Until somebody has taken it, it is still the old one's to write.
      try await journal.store(event("t6", "last", mine))
      #expect(try await leases.takeOver(for: others, limit: 4) == ["t0", "t1", "t3", "t4"])
      #expect(try await journal.append(event("t0", "late", mine)) == .refused(.fenced))
      try await journal.store(event("t0", "others", others))
      #expect(try await leases.takeOver(for: others, limit: 4) == ["t5", "t6"])
      #expect(try await leases.takeOver(for: others, limit: 4) == [])
      #expect(try await leases.runs(of: others) == ["t0", "t1", "t3", "t4", "t5", "t6"])
      #expect(try await leases.runs(of: mine) == [])
      var last = Batch.end("t6")
      last.fence = others
      try await journal.store(last)
      #expect(try await leases.runs(of: others).count == 5)
      // An ended task stays with whoever ended it, for what comes late.
      #expect(try await journal.task("t6")?.lease == others)
      #expect(try await journal.task("t2")?.lease == mine)
    }
  }

  @Test func `a new lease ends the one before, and what was under that is free`() async throws {
    try await with { journal, leases in
      try await leases.take(others, insteadOf: nil, for: Self.long)
      try await journal.store(opening("a", others))
      try await leases.take(mine, insteadOf: others, for: Self.long)
      #expect(try await !leases.renew(others, for: Self.long))
      #expect(try await leases.takeOver(for: mine, limit: 1) == ["a"])
    }
  }

  @Test func `it is known which leases are alive`() async throws {
    try await with { journal, leases in
      #expect(try await leases.alive() == [])
      try await leases.take(mine, insteadOf: nil, for: Self.long)
      try await leases.take(others, insteadOf: nil, for: Self.long)
      #expect(try await leases.alive() == [mine, others])
      try await leases.release(mine)
      #expect(try await leases.alive() == [others])
    }
  }

  @Test func `a memo is replaced where it still is what it was, and the same again is done once`() async throws {
    try await with { journal, leases in
      try await journal.store(.opening("a"))
      let (old, new) = (Memo("m", text: "1"), Memo("m", text: "2"))
      #expect(try await !leases.replace(old, by: new.body, of: "a"))
      #expect(try await journal.remember([old], of: "a"))
      #expect(try await leases.replace(old, by: new.body, of: "a"))
      #expect(try await leases.replace(old, by: new.body, of: "a"))
      #expect(try await !leases.replace(old, by: Memo("m", text: "3").body, of: "a"))
      #expect(try await journal.memos(of: "a", under: "m") == [new])
      #expect(try await leases.replace(new, by: nil, of: "a"))
      #expect(try await journal.memos(of: "a", under: "m") == [])
      #expect(try await !leases.replace(Memo("m", nil), by: new.body, of: "none"))
    }
  }

  @Test func `a batch that is sent again is known again, also when the run is another's since`() async throws {
    let stage = try await RedisStage(RedisProcess.forgetful)
    let journal = try await stage.open { $0.patience = .milliseconds(300) }
    let leases = try #require(journal.leases)
    try await leases.take(mine, insteadOf: nil, for: Self.long)
    try await journal.store(opening("a", mine))
    try await stage.pause(1000)
    let error = await #expect(throws: JournalError.self) { try await journal.append(event("a", "x", mine)) }
    var again = event("a", "x", mine)
    again.name = try #require(error?.doubt)
    #expect(await eventually { (try? await journal.bounds().tail) == 2 })
    try await leases.take(others, insteadOf: mine, for: Self.long)
    #expect(try await leases.takeOver(for: others, limit: 1) == ["a"])
    #expect(try await journal.store(again).map(\.seq) == [2])
    await journal.close()
    await stage.end()
  }

  @Test func `letters come to whoever has the run, in their order, and to a lease`() async throws {
    try await with { journal, leases in
      try await leases.take(mine, insteadOf: nil, for: Self.long)
      try await journal.store(opening("a", mine))
      try await journal.store(.opening("p"))
      async let letters = leases.letters(for: mine)
      #expect(try await leases.send(Array("one".utf8), toOwnerOf: "a") == .sent(to: mine))
      #expect(try await letters == [Array("one".utf8)])
      for text in ["two", "three"] {
        #expect(try await leases.send(Array(text.utf8), to: mine) == .sent(to: mine))
      }
      #expect(try await leases.letters(for: mine) == [Array("two".utf8), Array("three".utf8)])
      #expect(try await leases.send([1], toOwnerOf: "nothing") == .noSuchTask)
      #expect(try await leases.send([1], toOwnerOf: "p") == .nobodys)
      #expect(try await leases.send([1], to: others) == .free)
      try await leases.release(mine)
      #expect(try await leases.send([1], toOwnerOf: "a") == .free)
      try await leases.take(others, insteadOf: nil, for: Self.long)
      _ = try await leases.takeOver(for: others, limit: 1)
      #expect(try await leases.send([1], toOwnerOf: "a") == .sent(to: others))
      var end = Batch.end("a")
      end.fence = others
      try await journal.store(end)
      #expect(try await leases.send([1], toOwnerOf: "a") == .taskEnded)
    }
  }

  @Test func `a lease is renewed also where the server's memory is full`() async throws {
    let stage = try await RedisStage(RedisProcess.forgetful)
    let journal = try await stage.open()
    let leases = try #require(journal.leases)
    try await leases.take(mine, insteadOf: nil, for: Self.long)
    try await stage.server.command("CONFIG", "SET", "maxmemory", "1")
    #expect(try await leases.renew(mine, for: Self.long))
    await #expect(throws: JournalError.self) { try await journal.append(opening("a", mine)) }
    try await stage.server.command("CONFIG", "SET", "maxmemory", "0")
    try await journal.store(opening("a", mine))
    await journal.close()
    await stage.end()
  }
}

/// What all engines do about fences.
@Suite struct FencelessTests {
  @Test(arguments: Engine.allCases)
  func `what is remembered without a fence is kept, whoever has the run`(_ engine: Engine) async throws {
    let test = try await engine.make()
    try await test.journal.store(.opening("a"))
    #expect(try await test.journal.remember([Memo("m", text: "1")], of: "a", under: nil) == .kept)
    #expect(try await test.journal.remember([Memo("m", text: "1")], of: "b", under: nil) == .noSuchTask)
    #expect(try await test.journal.task("a")?.lease == nil)
    #expect((test.journal.leases == nil) == (engine == .sqlite))
    await test.journal.close()
  }
}
