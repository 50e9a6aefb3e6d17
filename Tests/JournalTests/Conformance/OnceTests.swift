import Journal
import TestSupport
import Testing

/// What is sent twice is stored once.
@Suite struct OnceTests {
  @Test(arguments: Engine.allCases)
  func `a task is opened once for an owner's key`(_ engine: Engine) async throws {
    let test = try await engine.make()
    let journal = test.journal
    try await journal.store(.opening("a", key: "k"))
    #expect(try await journal.append(.opening("b", key: "k")) == .duplicate(.opening(task: "a")))
    #expect(try await journal.task("b") == nil)
    try await journal.store(.opening("c", owner: "kim", key: "k"))
    try await journal.store(.opening("d", key: "other"))
    #expect(try await journal.append(.opening("a")) == .refused(.taskExists))
    #expect(try await journal.append(.events("nobody's", ["x"])) == .refused(.noSuchTask))
    await journal.close()
  }

  @Test(arguments: Engine.allCases)
  func `a batch with a key is stored once for its task, also after a new start`(_ engine: Engine) async throws {
    let test = try await engine.make()
    for task in ["a", "b"] { try await test.journal.store(.opening(task)) }
    let command = Batch(task: "a", entries: [Entry("1", kind: .command), Entry("2", kind: .note)], key: "command 1")
    #expect(try await test.journal.store(command).map(\.seq) == [2, 3])
    #expect(try await test.journal.append(command) == .duplicate(.key(seq: 3)))
    try await test.reopen()
    #expect(try await test.journal.append(command) == .duplicate(.key(seq: 3)))
    var other = command
    other.task = "b"
    #expect(try await test.journal.store(other).map(\.seq) == [2, 3])
    #expect(try await test.journal.all(of: "a").count == 3)
    await test.journal.close()
  }

  @Test(arguments: Engine.allCases)
  func `a producer's count finds what is doubled, what is missing, and who is outdated`(_ engine: Engine) async throws {
    let test = try await engine.make()
    let journal = test.journal
    try await journal.store(.opening("a"))
    func send(_ epoch: Int64, _ seq: Int64, _ texts: String..., by producer: String = "p") async throws -> Appended {
      var batch = Batch.events("a", texts)
      batch.stamp = ProducerStamp(producer: producer, epoch: epoch, seq: seq)
      return try await journal.append(batch)
    }
    #expect(try await send(1, 2, "too early") == .refused(.producerGap(expected: 1)))
    #expect(try await send(1, 1, "one", "two").records.count == 2)
    #expect(try await send(1, 1, "one", "two") == .duplicate(.stamp(through: 2)))
    #expect(try await send(1, 2, "two", "three") == .duplicate(.stamp(through: 2)))
    #expect(try await send(1, 4, "four") == .refused(.producerGap(expected: 3)))
    #expect(try await send(1, 3, "three").records.count == 1)
    #expect(try await send(1, 1, "another's one", by: "q").records.count == 1)
    #expect(try await send(3, 2, "new epoch, not from the start") == .refused(.producerGap(expected: 1)))
    #expect(try await send(3, 1, "new epoch").records.count == 1)
    #expect(try await send(2, 1, "an old one wakes up") == .refused(.producerFenced(epoch: 3)))
    #expect(try await send(1, 4, "an older one") == .refused(.producerFenced(epoch: 3)))
    let texts = try await journal.all(of: "a").map(\.text)
    #expect(texts == ["opened", "one", "two", "three", "another's one", "new epoch"])
    await journal.close()
  }

  @Test(arguments: Engine.allCases)
  func `a task that is refused leaves nothing behind`(_ engine: Engine) async throws {
    let test = try await engine.make()
    for seq: Int64 in [-1, 0, 2] {
      var batch = Batch.opening("a", key: "k")
      batch.stamp = ProducerStamp(producer: "p", epoch: 1, seq: seq)
      #expect(try await test.journal.append(batch) == .refused(.producerGap(expected: 1)))
      #expect(try await test.journal.task("a") == nil)
    }
    #expect(try await test.journal.store(.opening("a", key: "k")).map(\.offset) == [1])
    await test.journal.close()
  }

  @Test(arguments: Engine.allCases)
  func `after the end there are no more events, and the end is never taken back`(_ engine: Engine) async throws {
    let test = try await engine.make()
    let journal = test.journal
    try await journal.store(.opening("a"))
    try await journal.store(.end("a"))
    for kind in RecordKind.allCases {
      let mayFollow = [.late, .note, .command, .verdict].contains(kind)
      let outcome = try await journal.append(
        Batch(task: "a", entries: [Entry("x", kind: kind)], change: TaskChange(state: "completed")))
      #expect((outcome == .refused(.taskEnded)) != mayFollow, "\(kind)")
      #expect(outcome.records.isEmpty != mayFollow, "\(kind)")
    }
    let mixed = Batch(task: "a", entries: [Entry("x", kind: .note), Entry("y")])
    #expect(try await journal.append(mixed) == .refused(.taskEnded))
    #expect(try await journal.task("a")?.isFinal == true)
    #expect(try await journal.all(of: "a").map(\.seq) == [1, 2, 3, 4, 5, 6])
    await journal.close()
  }
}
