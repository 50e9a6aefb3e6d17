import Journal
import TestSupport
import Testing

/// How tasks stand at one moment.
@Suite struct StandingTests {
  @Test(arguments: Engine.allCases)
  func `named tasks come in their order, and those that are not there are left out`(_ engine: Engine) async throws {
    let test = try await engine.make()
    let journal = test.journal
    for task in ["a", "b", "c"] { try await journal.store(.opening(task)) }
    try await journal.store(.events("a", ["x", "y"]))
    let standing = try await journal.standing(.tasks(["c", "nobody's", "a"]), limit: 3)
    #expect(standing.tasks.map(\.id) == ["c", "a"])
    #expect(standing.tasks.map(\.lastSeq) == [1, 3])
    #expect(standing.offset == 5)
    await journal.close()
  }

  @Test(arguments: Engine.allCases)
  func `of all tasks, those that run come first into the list, and then the newest that have ended`(
    _ engine: Engine
  ) async throws {
    let test = try await engine.make()
    let journal = test.journal
    for task in ["a", "b", "c", "d", "e"] {
      try await journal.store(.opening(task, owner: task == "c" ? "bea" : "alex"))
    }
    for task in ["b", "d", "e"] { try await journal.store(.end(task)) }
    func ids(_ visible: [TaskQuery.Visibility], _ limit: Int) async throws -> [String] {
      try await journal.standing(.visible(visible), limit: limit).tasks.map(\.id)
    }
    #expect(try await ids([TaskQuery.Visibility()], 4) == ["e", "d", "c", "a"])
    #expect(try await ids([TaskQuery.Visibility()], 10) == ["e", "d", "c", "b", "a"])
    #expect(try await ids([TaskQuery.Visibility()], 1) == ["c", "a"])
    #expect(try await ids([TaskQuery.Visibility(owner: "alex")], 2) == ["e", "a"])
    let both = [TaskQuery.Visibility(owner: "alex"), TaskQuery.Visibility(owner: "bea")]
    #expect(try await ids(both, 10) == ["e", "d", "c", "b", "a"])
    #expect(try await journal.standing(.visible([]), limit: 10).tasks.isEmpty)
    await journal.close()
  }

  @Test(arguments: Engine.allCases)
  func `tasks and place belong together while much is stored`(_ engine: Engine) async throws {
    let test = try await engine.make()
    let journal = test.journal
    try await journal.store(.opening("a"))
    try await journal.store(.opening("b"))
    async let stored: Void = {
      for _ in 0..<300 {
        try await journal.store(.events("a", ["x"]))
        try await journal.store(.events("b", ["x", "y"]))
      }
    }()
    for _ in 0..<200 {
      let standing = try await journal.standing(.tasks(["a", "b"]), limit: 2)
      // Nothing else is stored here, so the newest of both is the newest of all.
      #expect(standing.tasks.map(\.lastOffset).max() == standing.offset)
      #expect(standing.tasks.map(\.lastSeq).reduce(0, +) == standing.offset)
    }
    try await stored
    await journal.close()
  }
}
