import Journal
import TestSupport
import Testing

/// What is remembered of tasks beside their records.
@Suite struct MemoTests {
  @Test(arguments: Engine.allCases)
  func `whatever is remembered, changed and forgotten, what is left is there after a restart`(
    _ engine: Engine
  ) async throws {
    let test = try await engine.make()
    var random = SeededRandom(seed: 11)
    let tasks = ["a", "b", "c"]
    // A percent sign and an underline stand for themselves, capitals for capitals, and there are names that begin with others.
    let names = ["run", "push/1", "push/10", "push/2", "push%", "push_", "PUSH/1", "", "pusher"]
    for task in tasks { try await test.journal.store(.opening(task)) }
    var expected: [String: [String: String]] = [:]
    for round in 0..<300 {
      let task = tasks.randomElement(using: &random) ?? ""
      let memos = (0..<Int.random(in: 1...3, using: &random)).map { number in
        let name = names.randomElement(using: &random) ?? ""
        return Int.random(in: 0..<4, using: &random) == 0 ? Memo(name, nil) : Memo(name, text: "\(round) \(number)")
      }
      if Bool.random(using: &random) {
        #expect(try await test.journal.remember(memos, of: task))
      } else {
        var batch = Batch.events(task, ["\(round)"])
        batch.memos = memos
        try await test.journal.store(batch)
      }
      for memo in memos {
        expected[task, default: [:]][memo.name] = memo.body.map { String(decoding: $0, as: UTF8.self) }
      }
      if round.isMultiple(of: 60) { try await test.reopen(engine) }
    }
    for prefix in ["", "push/", "push/1", "push%", "run", "nothing", "PUSH"] {
      var ofAll: [TaskMemo] = []
      for task in tasks {
        let due = expected[task, default: [:]].filter { $0.key.utf8.starts(with: prefix.utf8) }.sorted {
          $0.key < $1.key
        }.map { Memo($0.key, text: $0.value) }
        #expect(try await test.journal.memos(of: task, under: prefix) == due, "\(task) \(prefix)")
        ofAll += due.map { TaskMemo(task: task, memo: $0) }
      }
      #expect(try await test.journal.memos(under: prefix, ofRunning: false) == ofAll, "\(prefix)")
      #expect(try await test.journal.memos(under: prefix, ofRunning: true) == ofAll, "\(prefix)")
    }
    await test.journal.close()
  }

  @Test(arguments: Engine.allCases)
  func `those of tasks that run are told from the others`(_ engine: Engine) async throws {
    let test = try await engine.make()
    let journal = test.journal
    for task in ["b", "a", "c"] {
      try await journal.store(.opening(task).remembering(Memo("run", text: task)))
    }
    try await journal.store(.end("a").remembering(Memo("run", text: "ended")))
    let all = try await journal.memos(under: "run", ofRunning: false)
    #expect(all.map(\.task) == ["b", "a", "c"])
    #expect(all.map(\.memo.body) == ["b", "ended", "c"].map { Array($0.utf8) })
    #expect(try await journal.memos(under: "run", ofRunning: true).map(\.task) == ["b", "c"])
    // One that has ended may still be written about.
    #expect(try await journal.remember([Memo("push/1", text: "{}")], of: "a"))
    #expect(try await journal.memos(of: "a", under: "push/").map(\.name) == ["push/1"])
    await journal.close()
  }

  @Test(arguments: Engine.allCases)
  func `with a batch that is not stored nothing is remembered`(_ engine: Engine) async throws {
    let test = try await engine.make()
    let journal = test.journal
    try await journal.store(.opening("a", key: "k").remembering(Memo("run", text: "first")))
    var keyed = Batch.events("a", ["x"])
    keyed.key = "once"
    try await journal.store(keyed)
    let later = Memo("run", text: "later")
    var outcomes = [try await journal.append(keyed.remembering(later))]
    outcomes.append(try await journal.append(.opening("b", key: "k").remembering(later)))
    outcomes.append(try await journal.append(.opening("a").remembering(later)))
    outcomes.append(try await journal.append(.events("nobody's", ["x"]).remembering(later)))
    try await journal.store(.end("a"))
    outcomes.append(try await journal.append(.events("a", ["x"]).remembering(later)))
    #expect(
      outcomes == [
        .duplicate(.key(seq: 2)), .duplicate(.opening(task: "a")), .refused(.taskExists), .refused(.noSuchTask),
        .refused(.taskEnded),
      ])
    #expect(
      try await journal.memos(under: "", ofRunning: false)
        == [TaskMemo(task: "a", memo: Memo("run", text: "first"))])
    #expect(try await !journal.remember([later], of: "nobody's"))
    await journal.close()
  }

  @Test(arguments: Engine.allCases)
  func `they go with their task, and a task of the same name begins without them`(_ engine: Engine) async throws {
    let test = try await engine.make()
    let journal = test.journal
    for task in ["a", "b"] { try await journal.store(.opening(task).remembering(Memo("push/1", text: task))) }
    try await journal.store(.end("a"))
    _ = try await journal.trim(Retention(tasks: 0), now: test.clock.now)
    #expect(try await journal.memos(under: "", ofRunning: false).map(\.task) == ["b"])
    #expect(try await !journal.remember([Memo("push/1", text: "late")], of: "a"))
    try await journal.store(.opening("a"))
    #expect(try await journal.memos(of: "a", under: "").isEmpty)
    await journal.close()
  }

  @Test(arguments: Engine.allCases)
  func `remembering and storing keep their order, and followers hear of records alone`(_ engine: Engine) async throws {
    let test = try await engine.make()
    let journal = test.journal
    let heard = Heard()
    let following = try await journal.follow { heard.add($0) }
    try await journal.store(.opening("a"))
    // All of it waits at once, so that some of it shares a commit.
    try await withThrowingTaskGroup { group in
      for number in 0..<100 {
        group.addTask {
          if number.isMultiple(of: 2) {
            _ = try await journal.append(.events("a", ["\(number)"]))
          } else {
            #expect(try await journal.remember([Memo("m\(number)", text: "\(number)")], of: "a"))
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(await eventually { heard.records.count == 51 })
    #expect(heard.records.map(\.offset) == (1...51).map { $0 })
    #expect(try await journal.memos(of: "a", under: "m").count == 50)
    withExtendedLifetime(following) {}
    await journal.close()
  }
}
