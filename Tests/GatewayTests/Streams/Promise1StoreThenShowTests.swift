import HTTP
import Journal
import Synchronization
import TestSupport
import Testing
import Wire

@testable import Gateway

/// An event is committed to the journal before any client sees it.
@Suite struct Promise1StoreThenShowTests {
  @Test func `whatever a client sees is in the journal`() async throws {
    try await RecordStand.run { stand async throws in
      try await stand.open("t1")
      let reader = try await stand.watch("/t1", checking: StreamChecker(of: ["t1"]))
      async let said: Void = {
        for _ in 0..<200 { try await stand.say("t1", 3) }
        try await stand.say("t1", final: true)
      }()
      var seen: Int64 = 0
      while reader.checker.farewell == nil {
        let before = seen
        _ = await reader.read { ($0.seqs["t1"] ?? 0) > before || $0.farewell != nil }
        seen = reader.checker.seqs["t1"] ?? 0
        #expect(try await stand.journal.seq(of: "t1", at: .max) >= seen)
      }
      try await said
      #expect(reader.checker.faults == [])
      #expect(seen == 602)
    }
  }

  @Test func `what the journal refuses nobody sees`() async throws {
    try await RecordStand.run {
      $0.journal.sizeLimit = 1 << 20
      // It begins to read when all is over.
      $0.streams.backlog = 8 << 20
      $0.publicListener.deadlines.minimumRate.window = .seconds(600)
    } _: { stand async throws in
      try await stand.open("t1")
      let reader = try await stand.watch("/t1", checking: StreamChecker(of: ["t1"]))
      var stored: Int64 = 1
      var refused = 0
      while refused < 20, stored < 10_000 {
        do {
          stored = try #require(try await stand.say("t1", 1, size: 5000).last).seq
        } catch let error as JournalError {
          #expect(error.code == .full)
          refused += 1
        }
      }
      #expect(refused == 20)
      let last = stored
      #expect(await reader.read { $0.seqs["t1"] == last }, "\(last): \(reader.checker)")
      let whole = try await stand.watch("/t1", checking: StreamChecker(of: ["t1"]))
      #expect(await whole.read { $0.seqs["t1"] == last })
      for reader in [reader, whole] { #expect(reader.checker.faults == []) }
    }
  }
}
