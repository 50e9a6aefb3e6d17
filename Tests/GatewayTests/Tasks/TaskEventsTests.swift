import HTTP
import JSON
import Journal
import TestSupport
import Testing

@testable import Gateway

@Suite struct TaskEventsTests {
  private func seqs(_ answer: JSONValue) -> [Int64] {
    let events = answer["events"].map { Array($0.elements) } ?? []
    return events.compactMap { $0["seq"]?.int }
  }

  @Test func `a record is what was journaled, in its envelope`() async throws {
    try await TaskScene.run { scene async throws in
      let record = try #require(try await scene.open("one").first)
      let answer = try await scene.json("/api/tasks/one/events")
      let event = try #require(answer["events"]?[0])
      var line: [UInt8] = []
      NativeRecord.append(record, to: &line)
      #expect(event.description.utf8.elementsEqual(line))
      #expect(event.members.map { String($0.key) } == ["offset", "task", "seq", "time", "kind", "origin", "data"])
      #expect(event["data"]?.description == #"{"n":0}"#)
      #expect(answer["complete"]?.bool == true)
    }
  }

  /// Other tasks write in between, so that offsets have holes.
  @Test(arguments: [1, 2, 7, 100]) func `pages of any size give the whole history once`(limit: Int) async throws {
    try await TaskScene.run { scene async throws in
      try await scene.open("one")
      try await scene.open("two", owner: "tina", tenant: "globex")
      for number in 1...12 {
        try await scene.add(number...number, to: "one")
        try await scene.add(number...number, to: "two")
      }
      var read: [Int64] = []
      var path = "/api/tasks/one/events?limit=\(limit)"
      for _ in 0..<30 {
        let answer = try await scene.json(path)
        read += seqs(answer)
        let isForeign = answer["events"]?.elements.contains { $0["task"]?.string != "one" }
        #expect(isForeign == false)
        if answer["complete"]?.bool == true { break }
        path = "/api/tasks/one/events?limit=\(limit)&after=\(try #require(answer["next"]?.string))"
      }
      #expect(read == Array(1...13))
    }
  }

  @Test func `a page begins where it is told to, and the last one where the next record will be`() async throws {
    try await TaskScene.run { scene async throws in
      let opened = try await scene.open("one")
      let more = try await scene.add(1...3, to: "one")
      #expect(seqs(try await scene.json("/api/tasks/one/events?after=earliest")) == [1, 2, 3, 4])
      #expect(seqs(try await scene.json("/api/tasks/one/events?after=\(scene.cursor(0))")) == [1, 2, 3, 4])
      #expect(seqs(try await scene.json("/api/tasks/one/events?after=\(scene.cursor(opened[0].offset))")) == [2, 3, 4])
      let latest = try await scene.json("/api/tasks/one/events?after=latest")
      #expect(seqs(latest) == [] && latest["next"]?.string == scene.cursor(more[2].offset))
      // Others go on, so the place is behind theirs too; and nothing is missed from there.
      let foreign = try await scene.open("two")
      let answer = try await scene.json("/api/tasks/one/events?after=\(scene.cursor(foreign[0].offset))")
      #expect(seqs(answer) == [] && answer["complete"]?.bool == true)
      try await scene.add(4...4, to: "one")
      let next = try #require(answer["next"]?.string)
      #expect(seqs(try await scene.json("/api/tasks/one/events?after=\(next)")) == [5])
    }
  }

  @Test func `kinds are chosen, however rare they are`() async throws {
    try await TaskScene.run { scene async throws in
      try await scene.open("one")
      try await scene.add(1...1, to: "one", kind: .note)
      // More than are looked at for one page.
      for _ in 0..<5 { try await scene.add(1...1000, to: "one") }
      try await scene.add(1...2, to: "one", kind: .command)
      try await scene.add(3...3, to: "one", kind: .note)
      var read: [Int64] = []
      var pages = 0
      var path = "/api/tasks/one/events?kind=note,command&limit=2"
      while pages < 10 {
        let answer = try await scene.json(path)
        read += seqs(answer)
        pages += 1
        if answer["complete"]?.bool == true { break }
        path = "/api/tasks/one/events?kind=note,command&limit=2&after=\(try #require(answer["next"]?.string))"
      }
      #expect(read == [2, 5003, 5004, 5005])
      #expect(pages < 10)
      #expect(seqs(try await scene.json("/api/tasks/one/events?kind=note&limit=1")) == [2])
    }
  }

  @Test func `a page is bounded in bytes, and a record beyond it comes alone`() async throws {
    try await TaskScene.run { scene async throws in
      try await scene.open("one")
      let large = Array(("\"" + String(repeating: "x", count: 3 << 20) + "\"").utf8)
      for _ in 0..<2 {
        _ = try await scene.journal.append(
          Batch(task: "one", entries: [Entry(.event, origin: "test", payload: large)]))
      }
      let first = try await scene.json("/api/tasks/one/events")
      #expect(seqs(first) == [1, 2] && first["complete"]?.bool == false)
      let second = try await scene.json("/api/tasks/one/events?after=\(try #require(first["next"]?.string))")
      #expect(seqs(second) == [3] && second["complete"]?.bool == true)
    }
  }

  @Test(arguments: [
    ("limit=0", "400 bad-query"), ("limit=1001", "400 bad-query"), ("kind=everything", "400 bad-query"),
    ("kind=", "400 bad-query"), ("before=1", "400 bad-query"), ("after=17", "400 bad-cursor"),
    ("after=", "400 bad-cursor"), ("after=x.01", "400 bad-cursor"), ("after=elsewhere.1", "410 cursor-lost"),
  ])
  func `a wrong question is refused by its name`(query: String, expected: String) async throws {
    try await TaskScene.run { scene async throws in
      try await scene.open("one")
      #expect(try await scene.refusal("/api/tasks/one/events?\(query)") == expected)
    }
  }

  @Test func `a cursor beyond the journal's end is lost, and one at its end is not`() async throws {
    try await TaskScene.run { scene async throws in
      try await scene.open("one")
      let tail = try await scene.journal.bounds().tail
      #expect(try await scene.get("/api/tasks/one/events?after=\(scene.cursor(tail))").status == 200)
      #expect(try await scene.refusal("/api/tasks/one/events?after=\(scene.cursor(tail + 1))") == "410 cursor-lost")
    }
  }

  @Test func `what is wrong with a question about a task of others is not told`() async throws {
    try await TaskScene.run { scene async throws in
      try await scene.open("one")
      for query in ["", "?limit=0", "?after=elsewhere.1", "?after=latest"] {
        let theirs = try await scene.get("/api/tasks/one/events\(query)", as: .tenant)
        let nobodys = try await scene.get("/api/tasks/two/events\(query)", as: .tenant)
        #expect(theirs.status == 404 && theirs.body == nobodys.body, "\(query)")
      }
    }
  }
}
