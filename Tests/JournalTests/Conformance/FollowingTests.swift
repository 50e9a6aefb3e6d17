import Journal
import Synchronization
import TestSupport
import Testing

@Suite struct FollowingTests {
  @Test(arguments: Engine.allCases)
  func `a follower hears of everything once and in order, whoever writes`(_ engine: Engine) async throws {
    let test = try await engine.make()
    let journal = test.journal
    let heard = Heard()
    let following = try await journal.follow { heard.add($0) }
    try await withThrowingTaskGroup { group in
      for task in 0..<40 {
        group.addTask {
          try await journal.store(.opening("\(task)"))
          for event in 0..<25 { try await journal.store(.events("\(task)", ["\(event)", "\(event)'"])) }
        }
      }
      try await group.waitForAll()
    }
    let total = 40 * 51
    #expect(await eventually { heard.records.count >= total })
    let isInOrder = heard.records.map(\.offset) == (1...Int64(total)).map { $0 }
    #expect(isInOrder)
    let isWhatIsStored =
      try await journal.records(
        .visible([TaskQuery.Visibility()]), after: 0, limit: ReadLimit(records: .max)
      ).records == heard.records
    #expect(isWhatIsStored)
    withExtendedLifetime(following) {}
    await journal.close()
  }

  @Test(arguments: Engine.allCases)
  func `what a follower hears of can be read, and what is refused is not heard of`(_ engine: Engine) async throws {
    let test = try await engine.make()
    let journal = test.journal
    let heard = Heard()
    let following = try await journal.follow { heard.add($0) }
    try await journal.store(.opening("a", key: "k"))
    _ = try await journal.append(.opening("b", key: "k"))
    _ = try await journal.append(.events("nobody's", ["x"]))
    try await journal.store(.end("a"))
    _ = try await journal.append(.events("a", ["too late"]))
    #expect(await eventually { heard.records.count == 2 })
    #expect(try await journal.all(of: "a") == heard.records)
    withExtendedLifetime(following) {}
    await journal.close()
  }

  @Test(arguments: Engine.allCases)
  func `who has let go hears nothing more`(_ engine: Engine) async throws {
    let test = try await engine.make()
    let journal = test.journal
    let heard = Heard()
    var following: Following? = try await journal.follow { heard.add($0) }
    try await journal.store(.opening("a"))
    #expect(await eventually { heard.records.count == 1 })
    withExtendedLifetime(following) {}
    following = nil
    try await journal.store(.events("a", ["x"]))
    #expect(try await journal.bounds().tail == 2)
    #expect(heard.records.count == 1)
    await journal.close()
  }

  @Test(arguments: Engine.allCases)
  func `a journal that was closed says so`(_ engine: Engine) async throws {
    let test = try await engine.make()
    await test.journal.close()
    let error = await #expect(throws: JournalError.self) { try await test.journal.append(.opening("a")) }
    #expect(error?.code == .closed)
    await #expect(throws: JournalError.self) { try await test.journal.task("a") }
  }
}

final class Heard: Sendable {
  private let kept = Mutex<[Record]>([])

  func add(_ committed: [Committed]) {
    kept.withLock { $0 += committed.flatMap(\.records) }
  }

  var records: [Record] { kept.withLock { $0 } }
}
