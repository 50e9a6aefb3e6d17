import Journal
import TestSupport
import Testing

/// Histories in pieces: however they are cut, they are whole.
@Suite struct PagingTests {
  /// All pages behind an offset, each checked by itself.
  private func pages(
    _ journal: any Journal, _ selection: Selection, after start: Int64, _ limit: ReadLimit
  ) async throws -> [Record] {
    var read: [Record] = []
    var place = start
    while true {
      let page = try await journal.records(selection, after: place, limit: limit)
      #expect(page.records.count <= max(1, limit.records))
      let bytes = page.records.reduce(0) { $0 + $1.payload.count }
      #expect(page.records.count <= 1 || bytes <= limit.bytes)
      let isWithin = page.records.allSatisfy { $0.offset > place && $0.offset <= page.through }
      #expect(isWithin)
      #expect(page.through >= place)
      read += page.records
      if page.isComplete { return read }
      // Whoever reads on must get on.
      guard page.through > place else {
        Issue.record("a page that is not complete leads nowhere")
        return read
      }
      place = page.through
    }
  }

  private struct Filled {
    var records: [Record] = []
    var openings: [String: TaskOpening] = [:]
  }

  /// Tasks of several owners, records of all sizes, and holes where tasks were removed.
  private func fill(_ test: TestJournal, _ random: inout SeededRandom) async throws -> Filled {
    var filled = Filled()
    for number in 0..<12 {
      let batch = Batch.opening("\(number)", owner: ["alex", "kim"][number % 2], agent: ["x", "y", "z"][number % 3])
      filled.openings["\(number)"] = batch.opening
      filled.records += try await test.journal.store(batch)
    }
    for _ in 0..<150 {
      // A few of them have most.
      let task = "\(min(Int.random(in: 0..<12, using: &random), Int.random(in: 0..<12, using: &random)))"
      let texts = (0..<Int.random(in: 1...6, using: &random)).map { _ in
        String(repeating: "x", count: [0, 10, 100, 1000].randomElement(using: &random) ?? 0)
      }
      filled.records += try await test.journal.store(.events(task, texts))
    }
    for number in [3, 0, 7] {
      try await test.journal.store(.end("\(number)"))
      _ = try await test.journal.trim(Retention(tasks: 0), now: 0)
      filled.records.removeAll { $0.task == "\(number)" }
    }
    return filled
  }

  @Test(arguments: Engine.allCases)
  func `pages of whatever size make up exactly what was asked for, also across what was removed`(_ engine: Engine)
    async throws
  {
    var random = SeededRandom(seed: 11)
    let test = try await engine.make()
    let journal = test.journal
    let filled = try await fill(test, &random)
    let tail = try await journal.bounds().tail
    let limits = [
      ReadLimit(records: 1), ReadLimit(records: 7), ReadLimit(records: 50, bytes: 900),
      ReadLimit(records: .max, bytes: 1),
      ReadLimit(records: .max),
    ]
    let asked: [(Selection, (Record) -> Bool)] = [
      (.tasks(["1"]), { $0.task == "1" }),
      (.tasks(["11", "2", "nobody's", "0", "2"]), { ["11", "2"].contains($0.task) }),
      (.tasks((0..<12).map { "\($0)" }), { _ in true }),
      (.tasks([]), { _ in false }),
      (.visible([.init()]), { _ in true }),
      (.visible([]), { _ in false }),
      (
        .visible([.init(owner: "kim"), .init(agents: ["x"])]),
        {
          filled.openings[$0.task]?.owner == "kim" || filled.openings[$0.task]?.agent == "x"
        }
      ),
    ]
    for (selection, fits) in asked {
      for limit in limits {
        for start in [0, tail / 3, tail - 1, tail, tail + 5] {
          let read = try await pages(journal, selection, after: start, limit)
          let isRight = read == filled.records.filter { $0.offset > start && fits($0) }
          #expect(isRight, "\(selection) after \(start) by \(limit)")
        }
      }
    }
    await journal.close()
  }

  @Test(arguments: Engine.allCases)
  func `a limit of nothing still gets on`(_ engine: Engine) async throws {
    let test = try await engine.make()
    let journal = test.journal
    var stored = try await journal.store(.opening("a"))
    stored += try await journal.store(.events("a", ["x", "y"]))
    for selection in [Selection.tasks(["a"]), .visible([.init()])] {
      #expect(try await pages(journal, selection, after: 0, ReadLimit(records: 0, bytes: 0)) == stored)
    }
    await journal.close()
  }

  /// The pages of somebody who may see little are cut, so that others get their turn; nothing is missing because of that.
  @Test(arguments: Engine.allCases)
  func `far behind what others have written the own records are found`(_ engine: Engine) async throws {
    let test = try await engine.make()
    let journal = test.journal
    try await journal.store(.opening("mine", owner: "alex"))
    try await journal.store(.opening("others'", owner: "kim"))
    var mine = try await journal.all(of: "mine")
    for _ in 0..<3 {
      for _ in 0..<5 { try await journal.store(.events("others'", Array(repeating: "x", count: 5000))) }
      mine += try await journal.store(.events("mine", ["here"]))
    }
    let limit = ReadLimit(records: 100)
    let read = try await pages(journal, .visible([.init(owner: "alex")]), after: 0, limit)
    #expect(read == mine)
    let first = try await journal.records(.visible([.init(owner: "alex")]), after: 2, limit: limit)
    #expect(first.records.isEmpty && !first.isComplete && first.through > 2)
    await journal.close()
  }

  @Test(arguments: Engine.allCases)
  func `a cursor says how many records of a task its holder has`(_ engine: Engine) async throws {
    let test = try await engine.make()
    let journal = test.journal
    var random = SeededRandom(seed: 2)
    var stored: [Record] = []
    for task in ["a", "b"] { stored += try await journal.store(.opening(task)) }
    for _ in 0..<30 {
      stored += try await journal.store(.events(["a", "b"].randomElement(using: &random) ?? "a", ["x", "y"]))
    }
    for offset in 0...Int64(stored.count + 1) {
      for task in ["a", "b", "nobody's"] {
        let expected = stored.count { $0.task == task && $0.offset <= offset }
        #expect(try await journal.seq(of: task, at: offset) == Int64(expected), "\(task) at \(offset)")
      }
    }
    await journal.close()
  }
}
