import HTTP
import JSON
import Journal
import TestSupport
import Testing
import Wire

@testable import Gateway

/// A socket that does not read hurts only itself.
@Suite struct SocketSlowTests {
  @Test func `it is closed with a reason, the others hear everything, and it goes on where it was`() async throws {
    try await RecordStand.run {
      // Nobody is let go of here for having too little pace.
      $0.publicListener.deadlines.minimumRate.window = .seconds(600)
    } _: { stand async throws in
      try await stand.open("t1")
      let slow = try await stand.gateway.socket(receiveBuffer: 4096, checking: SocketChecker(of: ["t1"]))
      let quick = try await stand.gateway.socket(checking: SocketChecker(of: ["t1"]))
      for socket in [slow, quick] {
        try await socket.send(#"{"type":"subscribe","id":"1","task":"t1"}"#)
        #expect(await socket.read(records: 1))
      }
      let rounds = 600
      for round in 1...rounds {
        try await stand.say("t1", size: 20_000)
        // Whoever reads is not overtaken here, however busy the machine is.
        if round.isMultiple(of: 5) { #expect(await quick.read(records: round + 1)) }
      }
      #expect(quick.checker.faults == [])
      let end = await slow.finish()
      #expect(end.code == 4008 && end.bye == "slow")
      #expect(slow.checker.recordCount < rounds)
      #expect(slow.checker.faults == [])
      let again = try await stand.gateway.socket(checking: slow.checker)
      let cursor = try #require(slow.checker.cursor)
      try await again.send(#"{"type":"subscribe","id":"1","task":"t1","after":"\#(cursor)"}"#)
      #expect(await again.read(records: rounds + 1))
      #expect(again.checker.faults == [])
    }
  }

  @Test func `history waits for its reader, and does not make a slow one of who hears of other tasks meanwhile`()
    async throws
  {
    try await RecordStand.run {
      $0.publicListener.deadlines.minimumRate.window = .seconds(600)
    } _: { stand async throws in
      try await stand.open("old")
      for _ in 0..<30 { try await stand.say("old", 50, size: 10_000) }
      try await stand.open("new")
      let socket = try await stand.gateway.socket(receiveBuffer: 4096)
      try await socket.send(#"{"type":"subscribe","id":"new","task":"new"}"#)
      #expect(await socket.read(records: 1))
      try await socket.send(#"{"type":"subscribe","id":"old","task":"old"}"#)
      #expect(await socket.answer(to: "old") != nil)
      // 15 MB are on their way, of which hardly anything is taken; this is less than may wait.
      for _ in 0..<20 { try await stand.say("new", size: 5_000) }
      #expect(await socket.read(records: 1502 + 20))
      #expect(socket.checker.faults == [])
      #expect(socket.close == nil)
      #expect(socket.checker.seqs == ["old": 1501, "new": 21])
      // What happens is not kept behind all of history.
      let last = socket.heard("event").lastIndex { $0["record"]?["task"]?.string == "new" } ?? 0
      #expect(last < socket.count("event") - 100)
    }
  }
}
