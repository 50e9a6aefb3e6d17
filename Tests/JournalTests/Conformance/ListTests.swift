import Journal
import TestSupport
import Testing

/// Lists in both orders, whatever is asked for, page by page; and how much there is in all.
@Suite struct ListTests {
  private static let visibilities: [[TaskQuery.Visibility]] = [
    [], [.init()], [.init(owner: "alex")], [.init(owner: "alex"), .init(owner: "alex", agents: ["wash"])],
    [.init(owner: "kim"), .init(agents: ["wash"])], [.init(owner: "nobody")],
  ]

  private struct Filter: Sendable {
    let name: String
    var context: String?
    var updatedSince: Int64?
    var isFinal: Bool?

    func fits(_ task: StoredTask) -> Bool {
      context.map { $0 == task.opening.context } ?? true && updatedSince.map { task.updated >= $0 } ?? true
        && isFinal.map { $0 == task.isFinal } ?? true
    }

    func put(_ query: inout TaskQuery) {
      query.context = context
      query.updatedSince = updatedSince
      query.isFinal = isFinal
    }
  }

  @Test(arguments: Engine.allCases, [TaskQuery.Order.opening, .update])
  func `pages hold everything once, in order, and the count is theirs`(
    _ engine: Engine, _ order: TaskQuery.Order
  ) async throws {
    let test = try await engine.make()
    let journal = test.journal
    var random = SeededRandom(seed: 7)
    var ids: [String] = []
    for number in 0..<60 {
      test.clock.now += Int64.random(in: 0...3, using: &random)
      let id = "task-\(number)"
      try await journal.store(
        .opening(
          id, owner: ["alex", "kim"].randomElement(using: &random) ?? "",
          agent: ["wash", "insider"].randomElement(using: &random) ?? "",
          context: [nil, "talk", "Talk", ""].randomElement(using: &random) ?? nil))
      ids.append(id)
      if let old = ids.randomElement(using: &random) {
        let batch: Batch = Int.random(in: 0..<3, using: &random) == 0 ? .end(old) : .events(old, ["x"])
        _ = try await journal.append(batch)
      }
    }
    var tasks: [StoredTask] = []
    for id in ids { tasks.append(try #require(try await journal.task(id))) }
    tasks.sort { order == .opening ? $0.firstOffset > $1.firstOffset : $0.lastOffset > $1.lastOffset }
    let filters = [
      Filter(name: "nothing"), Filter(name: "context", context: "talk"), Filter(name: "empty context", context: ""),
      Filter(name: "time", updatedSince: tasks[20].updated), Filter(name: "running", isFinal: false),
      Filter(name: "ended in a context", context: "Talk", isFinal: true),
      Filter(name: "the future", updatedSince: .max),
    ]
    for visible in Self.visibilities {
      for filter in filters {
        var query = TaskQuery(visible: visible, limit: 7)
        query.order = order
        filter.put(&query)
        let expected = tasks.filter { task in
          filter.fits(task)
            && visible.contains { one in
              one.owner.map { $0 == task.opening.owner } ?? true
                && one.agents.map { $0.contains(task.opening.agent) } ?? true
            }
        }
        #expect(try await journal.count(query) == expected.count, "\(visible) \(filter.name)")
        var listed: [StoredTask] = []
        while let last = try await page(query, into: &listed, of: journal), listed.count <= tasks.count {
          query.before = order == .opening ? last.firstOffset : last.lastOffset
          // Where a page begins is no part of what there is.
          #expect(try await journal.count(query) == expected.count)
        }
        let isRight = listed == expected
        #expect(isRight, "\(visible) \(filter.name) \(listed.map(\.id))")
      }
    }
    await journal.close()
  }

  private func page(
    _ query: TaskQuery, into listed: inout [StoredTask], of journal: any Journal
  ) async throws -> StoredTask? {
    let page = try await journal.tasks(query)
    #expect(page.count <= query.limit)
    listed += page
    return page.last
  }

  @Test(arguments: Engine.allCases)
  func `a conversation is part of how a task was opened, and stays`(_ engine: Engine) async throws {
    let test = try await engine.make()
    try await test.journal.store(.opening("a", context: "talk"))
    try await test.journal.store(.opening("b"))
    try await test.reopen(engine)
    #expect(try await test.journal.task("a")?.opening.context == "talk")
    #expect(try await test.journal.task("b")?.opening.context == nil)
    var batch = Batch.events("a", ["x"])
    batch.expected = TaskOpening(owner: "alex", tenant: nil, agent: "agent", context: "another")
    #expect(try await test.journal.append(batch) == .refused(.noSuchTask))
    batch.expected?.context = "talk"
    try await test.journal.store(batch)
    await test.journal.close()
  }
}
