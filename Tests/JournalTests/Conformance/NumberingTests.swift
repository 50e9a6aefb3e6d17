import Journal
import TestSupport
import Testing

@Suite struct NumberingTests {
  @Test(arguments: Engine.allCases)
  func `each task counts from one without a hole, and offsets increase over all of them`(_ engine: Engine) async throws
  {
    let test = try await engine.make()
    let journal = test.journal
    var random = SeededRandom(seed: 1)
    var counts: [String: Int64] = [:]
    var lastOffset: Int64 = 0
    for task in ["a", "b", "c"] {
      let records = try await journal.store(.opening(task))
      #expect(records.map(\.seq) == [1])
      counts[task] = 1
      lastOffset = records[0].offset
    }
    for round in 0..<200 {
      let task = ["a", "b", "c"][Int.random(in: 0..<3, using: &random)]
      let size = Int.random(in: 1...5, using: &random)
      let records = try await journal.store(.events(task, (0..<size).map { "\(round).\($0)" }))
      let count = counts[task] ?? 0
      #expect(records.map(\.seq) == (1...Int64(size)).map { count + $0 })
      #expect(records.map(\.offset) == (1...Int64(size)).map { lastOffset + $0 })
      counts[task] = count + Int64(size)
      lastOffset += Int64(size)
    }
    #expect(try await journal.bounds() == Bounds(tail: lastOffset, trimmed: 0))
    await journal.close()
  }

  @Test(arguments: Engine.allCases)
  func `what is read is what was stored, from every place on`(_ engine: Engine) async throws {
    let test = try await engine.make()
    let journal = test.journal
    var stored: [Record] = []
    for task in ["a", "b"] { stored += try await journal.store(.opening(task)) }
    for kind in RecordKind.allCases {
      for task in ["a", "b"] {
        test.clock.now += 7
        stored += try await journal.store(Batch(task: task, entries: [Entry("\(kind) \u{1F682} \0", kind: kind)]))
      }
    }
    for offset in 0...Int64(stored.count + 1) {
      for task in ["a", "b"] {
        let expected = stored.filter { $0.task == task && $0.offset > offset }
        let isRight = try await journal.all(of: task, after: offset) == expected
        #expect(isRight, "task \(task) after \(offset)")
      }
      let isRight =
        try await journal.records(.visible([TaskQuery.Visibility()]), after: offset, limit: ReadLimit(records: .max))
        .records
        == stored.filter { $0.offset > offset }
      #expect(isRight, "all after \(offset)")
    }
    for record in stored {
      let isRight = try await journal.record(record.seq, of: record.task) == record
      #expect(isRight, "\(record.task) \(record.seq)")
    }
    #expect(try await journal.record(99, of: "a") == nil)
    #expect(try await journal.all(of: "nobody's") == [])
    await journal.close()
  }

  @Test(arguments: Engine.allCases)
  func `pages are cut by number and by size, and the next one joins`(_ engine: Engine) async throws {
    let test = try await engine.make()
    let journal = test.journal
    try await journal.store(.opening("a"))
    let texts = (0..<50).map { String(repeating: "x", count: $0 * 10) }
    try await journal.store(.events("a", texts))
    let whole = try await journal.all(of: "a")
    for limit in [ReadLimit(records: 7), ReadLimit(records: .max, bytes: 600), ReadLimit(records: 3, bytes: 1)] {
      var offset: Int64 = 0
      var read: [Record] = []
      while true {
        let page = try await journal.records(.tasks(["a"]), after: offset, limit: limit).records
        guard let last = page.last else { break }
        #expect(page.count <= limit.records)
        #expect(page.count == 1 || page.reduce(0) { $0 + $1.payload.count } <= limit.bytes)
        read += page
        offset = last.offset
      }
      let isWhole = read == whole
      #expect(isWhole, "\(limit)")
    }
    await journal.close()
  }

  @Test(arguments: Engine.allCases)
  func `a new start goes on where the last one ended`(_ engine: Engine) async throws {
    let test = try await engine.make()
    let epoch = test.journal.epoch
    try await test.journal.store(.opening("a"))
    let before = try await test.journal.all(of: "a")
    try await test.reopen()
    #expect(test.journal.epoch == epoch)
    let next = try await test.journal.store(.events("a", ["next"]))
    #expect(next.map(\.seq) == [2])
    #expect(next.map(\.offset) == [2])
    #expect(try await test.journal.all(of: "a") == before + next)
    await test.journal.close()
  }
}
