import Journal
import TestSupport
import Testing
import Wire

@testable import Gateway

/// The feed of a task's records for readers inside the gateway.
@Suite(.timeLimit(.minutes(10))) struct HubFeedTests {
  @Test(arguments: [1, 2, 3] as [UInt64])
  func `wherever they begin and however slowly they read, readers get every record once and in order`(
    seed: UInt64
  ) async throws {
    try await FeedStand.run { feeds in
      var random = SeededRandom(seed: seed)
      for task in ["a", "b"] { try await feeds.stand.open(task) }
      // Some of it is history when the readers come.
      for _ in 0..<20 { try await feeds.stand.say("a", Int.random(in: 1...30, using: &random), size: 300) }
      let history = try await feeds.stand.journal.records(
        .tasks(["a"]), after: 0, limit: ReadLimit(records: .max)
      ).records
      let sizes = (0..<60).map { _ in Int.random(in: 1...40, using: &random) }
      let total = Int64(history.count + sizes.reduce(0, +) + 1)
      let starts = (0..<8).map { reader in reader == 0 ? nil : history.randomElement(using: &random) }
      let gate = Gate()
      try await withThrowingTaskGroup { group in
        for (reader, start) in starts.enumerated() {
          group.addTask {
            let feed = feeds.feed(of: "a", after: start?.offset ?? 0, loop: reader % 2)
            var seqs: [Int64] = []
            while let records = try await feed.next() {
              seqs += records.map(\.seq)
              // Half of them read on only when all has happened: much more than is kept for them.
              if reader.isMultiple(of: 2) { await gate.pass() }
            }
            let isWhole = seqs == Array(((start?.seq ?? 0) + 1)...total)
            #expect(isWhole, "seed \(seed), reader \(reader): \(seqs.count) of \(total)")
          }
        }
        group.addTask {
          for size in sizes {
            try await feeds.stand.say("a", size, size: 2000)
            try await feeds.stand.say("b")
          }
          try await feeds.stand.say("a", final: true)
          gate.open()
        }
        try await group.waitForAll()
      }
    }
  }

  @Test func `more than a loop lets wait is read in the journal, the end of the task with it`() async throws {
    try await FeedStand.run { feeds in
      try await feeds.stand.open("a")
      let feed = feeds.feed(of: "a")
      #expect(try await feed.next()?.map(\.seq) == [1])
      let payload = Array(#"{"text":"\#(String(repeating: "x", count: 500_000))"}"#.utf8)
      let entries = (0..<5).map { _ in Entry(.event, origin: "checker", payload: payload) }
      async let read = feed.all()
      try await withThrowingTaskGroup { group in
        for _ in 0..<16 { group.addTask { _ = try await feeds.stand.append(Batch(task: "a", entries: entries)) } }
        try await group.waitForAll()
      }
      try await feeds.stand.say("a", final: true)
      let seqs = try await read
      #expect(seqs == Array(2...82))
    }
  }

  @Test func `a task that has ended is read to its end, from any place; one that is not there has nothing`()
    async throws
  {
    try await FeedStand.run { feeds in
      try await feeds.stand.open("a")
      try await feeds.stand.say("a", 9)
      let last = try #require(try await feeds.stand.say("a", final: true).last)
      #expect(try await feeds.feed(of: "a").all() == Array(1...11))
      #expect(try await feeds.feed(of: "a", after: last.offset - 1).all() == [11])
      #expect(try await feeds.feed(of: "a", after: last.offset).all() == [])
      #expect(try await feeds.feed(of: "nobody's").all() == [])
      // What was asked once more after the end.
      let feed = feeds.feed(of: "a")
      _ = try await feed.all()
      #expect(try await feed.next() == nil)
    }
  }

  @Test func `whoever waits is told that it was closed, and nobody is left behind`() async throws {
    try await FeedStand.run { feeds in
      try await feeds.stand.open("a")
      let waiting = feeds.feed(of: "a")
      #expect(try await waiting.next()?.count == 1)
      async let next = waiting.next()
      let early = feeds.feed(of: "a")
      early.close()
      #expect(try await eventually { try await early.next() == nil })
      // Whether it waits already is the same to it.
      waiting.close()
      waiting.close()
      #expect(try await next == nil)
      #expect(try await waiting.next() == nil)
      let cancelled = feeds.feed(of: "a")
      #expect(try await cancelled.next()?.count == 1)
      let reader = Task { try await cancelled.next() }
      reader.cancel()
      #expect(try await reader.value == nil)
      // Nobody watches here any more, so nothing waits for the loop.
      try await feeds.stand.say("a", 3)
      #expect(await eventually { feeds.hub.depth == 0 })
      #expect(try await feeds.feed(of: "a").next()?.count == 4)
    }
  }

  @Test func `a journal that cannot be read is said to the reader`() async throws {
    try await FeedStand.run { feeds in
      try await feeds.stand.open("a")
      let feed = feeds.feed(of: "a")
      await feeds.stand.journal.close()
      await #expect(throws: JournalError.self) { try await feed.next() }
      #expect(try await feed.next() == nil)
    }
  }
}
