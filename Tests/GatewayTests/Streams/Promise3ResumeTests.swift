import HTTP
import Journal
import Synchronization
import TestSupport
import Testing

@testable import Gateway

/// From a cursor a client gets every later event exactly once, in order, or is told `reset` with a snapshot.
@Suite struct Promise3ResumeTests {
  @Test(arguments: [1, 2, 3] as [UInt64])
  func `a client that is cut off again and again misses nothing and gets nothing twice`(seed: UInt64) async throws {
    var random = SeededRandom(seed: seed)
    try await RecordStand.run { stand async throws in
      try await stand.open("a")
      try await stand.open("b")
      let rounds = 150
      let sizes = (0..<rounds).map { _ in Int.random(in: 1...40, using: &random) }
      let total = sizes.reduce(0, +) + 2
      async let said: Void = {
        for (round, size) in sizes.enumerated() {
          try await stand.say(round.isMultiple(of: 3) ? "b" : "a", size, size: 100)
        }
        try await stand.say("a", final: true)
        try await stand.say("b", final: true)
      }()
      var checker = StreamChecker(of: ["a", "b"])
      var connections = 0
      while !checker.isFinished {
        let reader = try await stand.watch(
          "?tasks=a,b", after: checker.lastID.isEmpty ? nil : checker.lastID, checking: checker)
        connections += 1
        // It had everything, and was cut off before it was told so.
        if reader.status == 204 { break }
        let enough = checker.recordCount + Int.random(in: 1...200, using: &random)
        _ = await reader.read { $0.recordCount >= enough || $0.farewell != nil }
        checker = reader.checker
        reader.disconnect()
      }
      try await said
      #expect(checker.faults == [], "seed \(seed)")
      #expect(checker.recordCount == total + 2)
      #expect(connections > 5)
    }
  }

  @Test func `a history far beyond every page and buffer comes whole, and what happens meanwhile behind it`()
    async throws
  {
    try await RecordStand.run { stand async throws in
      try await stand.open("t1")
      for _ in 0..<40 { try await stand.say("t1", 500, size: 20) }
      let reader = try await stand.watch("/t1", checking: StreamChecker(of: ["t1"]))
      async let said: Void = {
        for _ in 0..<300 { try await stand.say("t1", 10, size: 200) }
        try await stand.say("t1", final: true)
      }()
      #expect(await reader.finish() == "finished")
      try await said
      #expect(reader.checker.faults == [])
      #expect(reader.checker.recordCount == 23_002)
    }
  }

  @Test func `a place can be shown in the field and under every name of the query, and the field is what counts`()
    async throws
  {
    try await RecordStand.run { stand async throws in
      try await stand.open("t1")
      try await stand.say("t1", 9)
      let epoch = stand.journal.epoch
      for name in ["after", "last_event_id", "lastEventId", "lastEventID"] {
        let reader = try await stand.watch("/t1?\(name)=\(epoch).7")
        #expect(await reader.read(records: 3))
        #expect(reader.checker.resumes.map(\.from) == ["\(epoch).7"])
        #expect(reader.checker.resumes.map(\.missed) == [3])
      }
      let reader = try await stand.watch("/t1?after=\(epoch).2&lastEventId=\(epoch).2", after: "\(epoch).9")
      #expect(await reader.read(records: 1))
      #expect(reader.checker.resumes.map(\.from) == ["\(epoch).9"])
      #expect(reader.checker.seqs == ["t1": 10])
    }
  }

  @Test func `a place of another journal, or one that has not been reached, is reset with how things stand`()
    async throws
  {
    try await RecordStand.run { stand async throws in
      try await stand.open("t1")
      try await stand.say("t1", 4)
      let epoch = stand.journal.epoch
      for cursor in ["\(epoch)x.3", "elsewhere.1", "\(epoch).6", "\(epoch).\(Int64.max)"] {
        let reader = try await stand.watch("/t1", after: cursor)
        #expect(await reader.read { $0.resetCount == 1 })
        #expect(reader.types == ["grant", "resume", "reset"])
        #expect(reader.checker.resumes.map(\.status) == [.reset])
        #expect(reader.checker.resumes.map(\.from) == [cursor])
        #expect(reader.checker.resumes.map(\.missed) == [nil])
        #expect(reader.checker.seqs == ["t1": 5])
        // From its cursor on it is a stream like any other.
        let next = try await stand.watch("/t1", after: reader.checker.lastID, checking: reader.checker)
        reader.disconnect()
        try await stand.say("t1", 1)
        #expect(await next.read(records: 1))
        #expect(next.checker.faults == [])
        _ = try await stand.journal.bounds()
        next.disconnect()
        // The tail has moved by one; so has what lies beyond it.
        if cursor == "\(epoch).6" { break }
        return
      }
    }
  }

  @Test func `a place that somebody was told of just now is never taken for one beyond the end`() async throws {
    try await RecordStand.run { stand async throws in
      try await stand.open("t1")
      for _ in 0..<50 {
        let last = try #require(try await stand.say("t1").last)
        let reader = try await stand.watch("/t1", after: "\(stand.journal.epoch).\(last.offset)")
        #expect(await reader.read { !$0.resumes.isEmpty })
        #expect(reader.checker.resumes.map(\.status) == [.continued])
        #expect(reader.checker.resumes.map(\.missed) == [0])
        reader.disconnect()
      }
    }
  }

  @Test func `a task that is removed while it is read says so, instead of ending as if that were all`() async throws {
    try await RecordStand.run { stand async throws in
      try await stand.open("t1")
      for _ in 0..<20 { try await stand.say("t1", 200, size: 2000) }
      try await stand.say("t1", final: true)
      // It does not read, so its history waits to be sent.
      let reader = try await stand.watch("/t1", receiveBuffer: 4096)
      _ = try await stand.journal.trim(Retention(tasks: 0), now: .max / 2)
      #expect(try await stand.journal.task("t1") == nil)
      #expect(await reader.finish() == "removed")
      #expect(reader.checker.recordCount < 4002)
      #expect(reader.checker.faults == [])
      #expect(try await stand.ask("/t1", ["Last-Event-ID: \(reader.checker.lastID)"]).status == 404)
    }
  }
}
