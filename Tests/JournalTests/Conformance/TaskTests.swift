import Journal
import TestSupport
import Testing

@Suite struct TaskTests {
  @Test(arguments: Engine.allCases)
  func `a task is as its batches have left it`(_ engine: Engine) async throws {
    let test = try await engine.make()
    let journal = test.journal
    try await journal.store(.opening("other"))
    let start = test.clock.now
    try await journal.store(.opening("a", tenant: "acme", agent: "wash", title: "An alert", key: "k"))
    test.clock.now += 5
    try await journal.store(
      Batch(task: "a", entries: [Entry("x")], change: TaskChange(state: "working", snapshot: Array("{}".utf8))))
    test.clock.now += 5
    try await journal.store(.events("a", ["y"]))
    #expect(
      try await journal.task("a")
        == StoredTask(
          id: "a", opening: TaskOpening(owner: "alex", tenant: "acme", agent: "wash", title: "An alert", key: "k"),
          state: "working", isFinal: false, opened: start, updated: start + 10, firstOffset: 2, lastOffset: 4,
          lastSeq: 3, snapshot: Array("{}".utf8)))
    #expect(try await journal.task("nobody's") == nil)
    // In a list they may be left out, and all else is the same.
    var query = TaskQuery(visible: [.init(owner: "alex"), .init(tenant: "acme")], limit: 1)
    let whole = try #require(try await journal.tasks(query).first)
    #expect(try await journal.task("a") == whole)
    query.withSnapshots = false
    let lean = try #require(try await journal.tasks(query).first)
    #expect(
      lean
        == StoredTask(
          id: "a", opening: whole.opening, state: "working", isFinal: false, opened: start, updated: start + 10,
          firstOffset: 2, lastOffset: 4, lastSeq: 3, snapshot: nil))
    await journal.close()
  }

  @Test(arguments: Engine.allCases)
  func `a title that was said later is the task's, and its opening stays what it was`(_ engine: Engine) async throws {
    let test = try await engine.make()
    let journal = test.journal
    let opening = Batch.opening("a", title: "a.xml")
    try await journal.store(opening)
    #expect(try await journal.task("a")?.title == "a.xml")
    for title in ["First", "Second alert", nil] {
      try await journal.store(
        Batch(task: "a", entries: [Entry("x")], change: TaskChange(state: "working", title: title)))
    }
    let task = try #require(try await journal.task("a"))
    #expect(task.title == "Second alert" && task.opening.title == "a.xml")
    func found(_ text: String) async throws -> [String] {
      var query = TaskQuery(visible: [.init()])
      query.text = text
      return try await journal.tasks(query).map(\.title)
    }
    #expect(try await found("SECOND") == ["Second alert"])
    #expect(try await found(".xml").isEmpty)
    // Whoever means the task by its opening is understood.
    var known = Batch.events("a", ["y"])
    known.expected = opening.opening
    try await journal.store(known)
    await journal.close()
  }

  @Test(arguments: Engine.allCases)
  func `what lists show of a task comes with it, wherever it is read, and as of the same moment`(
    _ engine: Engine
  ) async throws {
    let test = try await engine.make()
    let journal = test.journal
    try await journal.store(.opening("a").remembering(Memo("run", text: "not shown")))
    var query = TaskQuery(visible: [.init()])
    query.withSnapshots = false
    func read() async throws -> [String?] {
      let tasks =
        [try #require(try await journal.task("a"))] + (try await journal.tasks(query))
        + (try await journal.standing(.tasks(["a"]), limit: 1).tasks)
        + (try await journal.standing(.visible([.init()]), limit: 1).tasks)
      return tasks.map { $0.outline.map { String(decoding: $0, as: UTF8.self) } }
    }
    #expect(try await read() == Array(repeating: nil, count: 4))
    for text in ["first", "second"] {
      try await journal.store(.events("a", ["x"]).remembering(Memo(Memo.outline, text: text)))
      #expect(try await read() == Array(repeating: text, count: 4))
    }
    try await journal.store(.events("a", ["x"]).remembering(Memo(Memo.outline, nil)))
    #expect(try await read() == Array(repeating: nil, count: 4))
    await journal.close()
  }

  @Test(arguments: Engine.allCases)
  func `a clock that is set back turns no time around`(_ engine: Engine) async throws {
    let test = try await engine.make()
    let journal = test.journal
    try await journal.store(.opening("a"))
    let start = test.clock.now
    test.clock.now -= 5000
    try await journal.store(.events("a", ["x"]))
    #expect(try await journal.task("a")?.updated == start)
    #expect(try await journal.all(of: "a").map(\.seq) == [1, 2])
    await journal.close()
  }

  @Test(arguments: Engine.allCases)
  func `lists hold what is asked for and may be seen, newest first`(_ engine: Engine) async throws {
    let test = try await engine.make()
    let journal = test.journal
    var random = SeededRandom(seed: 5)
    var tasks: [StoredTask] = []
    for number in 0..<60 {
      let id = "task-\(number)"
      try await journal.store(
        .opening(
          id, owner: ["alex", "kim"].randomElement(using: &random) ?? "",
          tenant: [nil, "acme", "globex"].randomElement(using: &random) ?? nil,
          agent: ["wash", "insider"].randomElement(using: &random) ?? "",
          title: ["Alert 100%", "alert_x", "Ärger"].randomElement(using: &random) ?? ""))
      if Bool.random(using: &random) { try await journal.store(.end(id)) }
      tasks.insert(try #require(try await journal.task(id)), at: 0)
    }
    let visibilities: [[TaskQuery.Visibility]] = [
      [], [.init()], [.init(owner: "alex")], [.init(owner: "alex"), .init(tenant: "acme")],
      [.init(tenant: "acme", agents: ["wash"])], [.init(agents: [])],
      [.init(owner: "alex", agents: ["insider", "none"])],
    ]
    for visible in visibilities {
      for filter in Filter.all {
        var query = TaskQuery(visible: visible, limit: 7)
        filter.put(&query)
        let expected = tasks.filter { filter.fits($0) && Self.isVisible($0, visible) }
        var listed: [StoredTask] = []
        while true {
          let page = try await journal.tasks(query)
          #expect(page.count <= 7)
          guard let last = page.last else { break }
          listed += page
          query.before = last.firstOffset
        }
        let isRight = listed == expected
        #expect(isRight, "\(visible) \(filter.name)")
      }
    }
    await journal.close()
  }

  private struct Filter: Sendable {
    let name: String
    let put: @Sendable (inout TaskQuery) -> Void
    let fits: @Sendable (StoredTask) -> Bool

    static let all = [
      Filter(name: "nothing", put: { _ in }, fits: { _ in true }),
      Filter(name: "states", put: { $0.states = ["completed", "x"] }, fits: { $0.state == "completed" }),
      Filter(name: "running", put: { $0.isFinal = false }, fits: { !$0.isFinal }),
      Filter(name: "agent", put: { $0.agent = "wash" }, fits: { $0.opening.agent == "wash" }),
      Filter(name: "owner", put: { $0.owner = "kim" }, fits: { $0.opening.owner == "kim" }),
      Filter(name: "text", put: { $0.text = "100%" }, fits: { $0.opening.title.contains("100%") }),
      Filter(name: "wildcard", put: { $0.text = "T_X" }, fits: { $0.opening.title == "alert_x" }),
      Filter(name: "id", put: { $0.text = "task-1" }, fits: { $0.id.hasPrefix("task-1") }),
    ]
  }

  private static func isVisible(_ task: StoredTask, _ visible: [TaskQuery.Visibility]) -> Bool {
    visible.contains { one in
      one.owner.map { $0 == task.opening.owner } ?? true && one.tenant.map { $0 == task.opening.tenant } ?? true
        && one.agents.map { $0.contains(task.opening.agent) } ?? true
    }
  }

  @Test(arguments: Engine.allCases)
  func `whoever means a task that was opened otherwise means none`(_ engine: Engine) async throws {
    let test = try await engine.make()
    let journal = test.journal
    try await journal.store(.opening("a", tenant: "acme", title: "old"))
    let opening = try #require(try await journal.task("a")?.opening)
    var batch = Batch.events("a", ["x"])
    batch.expected = opening
    #expect(try await journal.store(batch).map(\.seq) == [2])
    try await journal.store(.end("a"))
    _ = try await journal.trim(Retention(tasks: 0), now: test.clock.now)
    #expect(try await journal.append(batch) == .refused(.noSuchTask))
    for next in [
      Batch.opening("a", owner: "another", tenant: "acme", title: "old"), .opening("a", tenant: nil, title: "old"),
      .opening("a", tenant: "acme", agent: "another", title: "old"), .opening("a", tenant: "acme", title: "new"),
    ] {
      try await journal.store(next)
      #expect(try await journal.append(batch) == .refused(.noSuchTask))
      #expect(try await journal.task("a")?.lastSeq == 1)
      try await journal.store(.end("a"))
      _ = try await journal.trim(Retention(tasks: 0), now: test.clock.now)
    }
    await journal.close()
  }
}
