import Journal
import Synchronization
import TestSupport
import Testing

/// What is said to be stored is stored once, whatever becomes of connections and of the server.
@Suite struct LostConnectionTests {
  @Test func `a batch whose answer got lost is stored once, and answered as stored`() async throws {
    let stage = try await RedisStage()
    let hole = try ReplyHole(before: stage.server.port)
    let journal = try await stage.open {
      $0.server = RedisServer(host: "127.0.0.1", port: hole.port, isEncrypted: false)
    }
    let batches: [Batch] = [
      .opening("a", key: "k"), .events("a", ["x", "y"]),
      Batch(task: "a", entries: [Entry("command", kind: .command)], key: "c"), .end("a"),
    ]
    var stored: [Record] = []
    for batch in batches {
      hole.loseNextAnswer()
      stored += try await journal.store(batch)
      #expect(!hole.isLossDue)
    }
    #expect(stored.map(\.seq) == [1, 2, 3, 4, 5])
    #expect(try await journal.all(of: "a") == stored)
    hole.loseNextAnswer()
    #expect(try await journal.append(.events("a", ["late"])) == .refused(.taskEnded))
    hole.loseNextAnswer()
    #expect(try await journal.remember([Memo("m", text: "1")], of: "a"))
    hole.close()
    await journal.close()
    await stage.end()
  }

  @Test func `what nobody knows the fate of is told so, and is stored once when it is sent again`() async throws {
    let stage = try await RedisStage()
    let journal = try await stage.open { $0.patience = .milliseconds(300) }
    try await journal.store(.opening("a"))
    // So long that nothing gets through before both have been tried, on a busy machine, too.
    try await stage.pause(4000)
    let error = await #expect(throws: JournalError.self) { try await journal.append(.events("a", ["x"])) }
    #expect(error?.code == .unreachable)
    var again = Batch.events("a", ["x"])
    again.name = try #require(error?.doubt)
    // It is done meanwhile, or not yet: both must come to the same.
    let first = await #expect(throws: JournalError.self) { try await journal.append(again) }
    #expect(first?.doubt == again.name)
    _ = await eventually { (try? await journal.bounds().tail) == 2 }
    #expect(try await journal.store(again).map(\.seq) == [2])
    #expect(try await journal.all(of: "a").map(\.text) == ["opened", "x"])
    await journal.close()
    await stage.end()
  }

  @Test func `connections that break under load lose nothing and double nothing`() async throws {
    let stage = try await RedisStage(RedisProcess.forgetful)
    let journal = try await stage.open()
    let heard = Heard()
    let following = try await journal.follow { heard.add($0) }
    let isOver = Mutex(false)
    let cutting = Task {
      while !isOver.withLock({ $0 }) { try await stage.cut() }
    }
    let stored = try await Self.fill(journal, tasks: 20, batches: 100)
    isOver.withLock { $0 = true }
    try await cutting.value
    #expect(await eventually { heard.records.count >= stored.count })
    let isTold = heard.records.map(\.offset) == (1...Int64(stored.count)).map { $0 }
    #expect(isTold)
    try await Self.check(stored, in: journal)
    #expect(stage.log.lines.contains { $0.contains("was lost") })
    withExtendedLifetime(following) {}
    await journal.close()
    await stage.end()
  }

  @Test func `a server that is killed under load has everything that was said to be stored`() async throws {
    let stage = try await RedisStage()
    let journal = try await stage.open { $0.patience = .seconds(30) }
    #expect(journal.durability == .full)
    let epoch = journal.epoch
    let progress = Mutex(0)
    let killing = Task {
      for mark in [200, 700] {
        _ = await eventually { progress.withLock { $0 } >= mark }
        await stage.server.kill()
        try await stage.server.start()
      }
    }
    let stored = try await Self.fill(journal, tasks: 20, batches: 60) { progress.withLock { $0 += 1 } }
    try await killing.value
    try await Self.check(stored, in: journal)
    #expect(journal.epoch == epoch)
    await journal.close()
    await stage.end()
  }

  /// Stores from several sides at once. What nobody knows is sent again under its name.
  private static func fill(
    _ journal: any Journal, tasks: Int, batches: Int, _ progress: @escaping @Sendable () -> Void = {}
  ) async throws -> [Record] {
    try await withThrowingTaskGroup { group in
      for task in 0..<tasks {
        group.addTask {
          var stored = try await journal.store(.opening("\(task)"))
          for number in 0..<batches {
            stored += try await journal.store(.events("\(task)", ["\(number)", "\(number)'"]))
            progress()
          }
          return stored
        }
      }
      var stored: [Record] = []
      for try await some in group { stored += some }
      return stored
    }
  }

  /// It is there, and nothing else.
  private static func check(_ stored: [Record], in journal: any Journal) async throws {
    let stored = stored.sorted { $0.offset < $1.offset }
    var read: [Record] = []
    var place: Int64 = 0
    while true {
      let page = try await journal.records(.visible([.init()]), after: place, limit: ReadLimit(records: .max))
      read += page.records
      place = page.through
      if page.isComplete { break }
    }
    let isRight = read == stored
    #expect(isRight, "\(read.count) records, and \(stored.count) were said to be stored")
    for (task, records) in Dictionary(grouping: stored, by: \.task) {
      let isWithoutHole = records.map(\.seq) == (1...Int64(records.count)).map { $0 }
      #expect(isWithoutHole, "\(task)")
    }
  }
}
