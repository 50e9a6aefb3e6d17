import HTTP
import Journal
import TestSupport
import Testing
import Wire

@testable import Gateway

/// A slow reader hurts only itself: it is closed at its bound of bytes, and goes on from its cursor.
@Suite struct Promise8SlowReaderTests {
  @Test func `it is let go of with a reason, the others hear everything, and it goes on where it was`() async throws {
    try await RecordStand.run {
      // Nobody is let go of here for having too little pace.
      $0.publicListener.deadlines.minimumRate.window = .seconds(600)
    } _: { stand async throws in
      try await stand.open("t1")
      let slow = try await stand.watch("/t1", receiveBuffer: 4096, checking: StreamChecker(of: ["t1"]))
      let quick = try await stand.watch("/t1", checking: StreamChecker(of: ["t1"]))
      #expect(await slow.read(records: 1))
      #expect(await quick.read(records: 1))
      // More than the kernel takes for somebody who does not read.
      let rounds = 600
      for round in 1...rounds {
        try await stand.say("t1", size: 20_000)
        // Whoever reads is not overtaken here, however busy the machine is.
        if round.isMultiple(of: 5) { #expect(await quick.read(records: round + 1)) }
      }
      #expect(quick.checker.faults == [])
      #expect(await slow.finish() == "slow")
      #expect(slow.checker.recordCount < rounds)
      #expect(slow.checker.faults == [])
      #expect(try await stand.metric("signalbox_stream_slow_closes_total") == 1)
      let again = try await stand.watch("/t1", after: slow.checker.lastID, checking: slow.checker)
      #expect(await again.read(records: rounds + 1))
      #expect(again.checker.faults == [])
    }
  }

  @Test func `more than a loop lets wait is read in the journal, and nobody misses any of it`() async throws {
    try await RecordStand.run {
      $0.publicListener.deadlines.minimumRate.window = .seconds(600)
      $0.streams.backlog = 64 << 20
    } _: { stand async throws in
      try await stand.open("t1")
      let reader = try await stand.watch("/t1", checking: StreamChecker(of: ["t1"]))
      #expect(await reader.read(records: 1))
      // What is asked for while the disk is busy is stored in one commit, and told in one piece.
      let payload = Array(#"{"text":"\#(String(repeating: "x", count: 500_000))"}"#.utf8)
      let entries = (0..<5).map { _ in Entry(.event, origin: "checker", payload: payload) }
      try await withThrowingTaskGroup { group in
        for _ in 0..<16 { group.addTask { _ = try await stand.append(Batch(task: "t1", entries: entries)) } }
        try await group.waitForAll()
      }
      #expect(try #require(try await stand.metric("signalbox_hub_overflows_total")) >= 1)
      try await stand.say("t1", final: true)
      #expect(await reader.finish() == "finished")
      #expect(reader.checker.faults == [])
      #expect(reader.checker.seqs == ["t1": 82])
    }
  }
}
