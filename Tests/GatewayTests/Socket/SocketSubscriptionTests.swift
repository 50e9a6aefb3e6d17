import HTTP
import JSON
import Journal
import TestSupport
import Testing

@testable import Gateway

/// Watching over a socket: each subscription from its own place, and every task once.
@Suite struct SocketSubscriptionTests {
  @Test func `a task's history comes first, then what happens, then its end`() async throws {
    try await RecordStand.run { stand async throws in
      try await stand.open("t1")
      try await stand.say("t1", 9)
      let socket = try await stand.gateway.socket(checking: SocketChecker(of: ["t1"]))
      let ack = try #require(try await socket.ask(#"{"type":"subscribe","id":"s1","task":"t1"}"#))
      #expect(ack["type"]?.string == "ack")
      #expect(ack["subscription"]?.string == "s1")
      #expect(ack["status"]?.string == "continued")
      #expect(ack["from"]?.string == "\(stand.journal.epoch).0")
      #expect(ack["to"]?.string == "\(try await stand.tail)")
      #expect(ack["missed"]?.int == 10)
      #expect(await socket.read(records: 10))
      for _ in 0..<20 { try await stand.say("t1", 5) }
      try await stand.say("t1", final: true)
      let end = await socket.first("end")
      #expect(end?.description == #"{"type":"end","subscription":"s1","reason":"finished"}"#)
      #expect(socket.checker.faults == [])
      #expect(socket.checker.seqs == ["t1": 111])
      // It is over, and its id free again.
      let last = try #require(socket.checker.cursor)
      let again = try await socket.ask(#"{"type":"subscribe","id":"s2","task":"t1","after":"\#(last)"}"#)
      #expect(again?["status"]?.string == "finished")
      #expect(await socket.first("end") { $0["subscription"]?.string == "s2" }?["reason"]?.string == "finished")
    }
  }

  @Test(arguments: [1, 2] as [UInt64])
  func `a client that is cut off again and again misses nothing and gets nothing twice`(seed: UInt64) async throws {
    var random = SeededRandom(seed: seed)
    try await RecordStand.run { stand async throws in
      let tasks = ["a", "b", "c"]
      for task in tasks { try await stand.open(task) }
      let rounds = 100
      let sizes = (0..<rounds).map { _ in Int.random(in: 1...30, using: &random) }
      async let said: Void = {
        for (round, size) in sizes.enumerated() { try await stand.say(tasks[round % 3], size, size: 100) }
        for task in tasks { try await stand.say(task, final: true) }
      }()
      var checker = SocketChecker(of: Set(tasks))
      var cursors: [String: String] = [:]
      var ended: Set<String> = []
      var connections = 0
      while ended.count < 3 {
        let socket = try await stand.gateway.socket(checking: checker)
        connections += 1
        for task in tasks where !ended.contains(task) {
          let after = cursors[task].map { #","after":"\#($0)""# } ?? ""
          try await socket.send(#"{"type":"subscribe","id":"\#(task)","task":"\#(task)"\#(after)}"#)
        }
        let enough = checker.recordCount + Int.random(in: 1...150, using: &random)
        let missing = 3 - ended.count
        _ = await socket.read { $0.checker.recordCount >= enough || $0.count("end") == missing }
        checker = socket.checker
        for message in socket.heard("event") {
          if let task = message["record"]?["task"]?.string { cursors[task] = message["cursor"]?.string }
        }
        ended.formUnion(socket.heard("end").compactMap { $0["subscription"]?.string })
        socket.disconnect()
      }
      try await said
      #expect(checker.faults == [], "seed \(seed)")
      #expect(checker.recordCount == sizes.reduce(0, +) + 6)
      #expect(connections > 3)
    }
  }

  @Test func `a task comes once on a socket, whatever it was asked for with`() async throws {
    try await RecordStand.run { stand async throws in
      for task in ["a", "b", "c"] { try await stand.open(task) }
      let socket = try await stand.gateway.socket(checking: SocketChecker(of: ["a", "b", "c"]))
      #expect(try await socket.ask(#"{"type":"subscribe","id":"all","all":true}"#)?["status"]?.string == "snapshot")
      #expect(await socket.first("snapshot")?["tasks"]?.count == 3)
      let named = try await socket.ask(#"{"type":"subscribe","id":"a","task":"a","after":"latest"}"#)
      #expect(named?["type"]?.string == "ack")
      for (text, code) in [
        (#"{"type":"subscribe","id":"x1","task":"a"}"#, "already-subscribed"),
        (#"{"type":"subscribe","id":"x2","tasks":["b","a"]}"#, "already-subscribed"),
        (#"{"type":"subscribe","id":"x3","all":true}"#, "already-subscribed"),
        (#"{"type":"subscribe","id":"all","task":"b"}"#, "already-subscribed"),
        (#"{"type":"unsubscribe","id":"x4","subscription":"none"}"#, "no-such-subscription"),
      ] {
        #expect(try await socket.ask(text)?["code"]?.string == code || text.contains(#""id":"all""#), "\(text)")
      }
      #expect(await socket.read { $0.count("nack") == 5 })
      for _ in 0..<50 {
        try await stand.say("a", 2)
        try await stand.say("b")
        try await stand.say("c", 3)
      }
      #expect(await socket.read { $0.checker.seqs == ["a": 101, "b": 51, "c": 151] })
      let left = try await socket.ask(#"{"type":"unsubscribe","id":"u","subscription":"a"}"#)
      #expect(left?["subscription"]?.string == "a")
      let heard = socket.checker.recordCount
      try await stand.say("a", 5)
      // Now it comes with all the others.
      #expect(await socket.read(records: heard + 5))
      #expect(try await socket.ask(#"{"type":"unsubscribe","id":"v","subscription":"all"}"#)?["type"]?.string == "ack")
      try await stand.say("a", 5)
      try await stand.say("b", 5)
      #expect(try await socket.ask(#"{"type":"ping","id":"p"}"#) != nil)
      #expect(socket.checker.recordCount == heard + 5)
      #expect(socket.checker.faults == [])
    }
  }

  @Test func `what is said of a task behind its end comes with all the others, each once`() async throws {
    try await RecordStand.run { stand async throws in
      let socket = try await stand.gateway.socket()
      #expect(try await socket.ask(#"{"type":"subscribe","id":"all","all":true}"#) != nil)
      for number in 0..<40 {
        let task = "t\(number)"
        try await stand.open(task)
        try await socket.send(#"{"type":"subscribe","id":"\#(task)","task":"\#(task)"}"#)
        // Its end may fall before, into or behind the subscription.
        try await stand.say(task, 3)
        try await stand.say(task, final: true)
        for _ in 0..<5 { try await stand.say(task, kind: .late) }
      }
      #expect(await socket.read { $0.count("end") == 40 && $0.checker.seqs.values.allSatisfy { $0 == 10 } })
      // A named one that has begun after the end has told all of it again.
      let faults = socket.checker.faults.filter { if case .repeated = $0 { false } else { true } }
      #expect(faults == [])
    }
  }

  @Test func `one that is taken back at once has both answers`() async throws {
    try await RecordStand.run { stand async throws in
      try await stand.open("t1")
      let socket = try await stand.gateway.socket()
      try await socket.send(
        #"[{"type":"subscribe","id":"s","task":"t1"},{"type":"unsubscribe","id":"u","subscription":"s"}]"#)
      #expect(await socket.answer(to: "s")?["type"]?.string != nil)
      #expect(await socket.answer(to: "u")?["type"]?.string == "ack")
      #expect(try await socket.ask(#"{"type":"subscribe","id":"s2","task":"t1"}"#)?["type"]?.string == "ack")
      #expect(await socket.read(records: 1))
      #expect(socket.heard("end").isEmpty)
    }
  }

  @Test func `what is not there and what is not yours are answered alike`() async throws {
    try await RecordStand.run { stand async throws in
      try await stand.open("mine")
      try await stand.open("theirs", owner: .tina)
      let socket = try await stand.gateway.socket()
      var answers: [String] = []
      for (id, task) in [("n1", "theirs"), ("n1", "nothere")] {
        let fresh = try await stand.gateway.socket()
        let answer = try #require(try await fresh.ask(#"{"type":"subscribe","id":"\#(id)","task":"\#(task)"}"#))
        #expect(answer["code"]?.string == "not-found")
        answers.append(answer.description)
      }
      #expect(answers[0] == answers[1])
      let several = try #require(try await socket.ask(#"{"type":"subscribe","id":"m","tasks":["mine","theirs"]}"#))
      #expect(several["code"]?.string == "not-found")
      #expect(several["message"]?.string?.contains(#""theirs""#) == true)
      // Nothing of it has begun.
      #expect(try await socket.ask(#"{"type":"subscribe","id":"m","task":"mine"}"#) != nil)
      #expect(await socket.read(records: 1))
      #expect(socket.checker.seqs == ["mine": 1])
    }
  }

  @Test func `a place of another journal is a reset, and what is no place is refused`() async throws {
    try await RecordStand.run { stand async throws in
      try await stand.open("t1")
      try await stand.say("t1", 4)
      let socket = try await stand.gateway.socket()
      let bad = try await socket.ask(#"{"type":"subscribe","id":"s0","task":"t1","after":"yesterday"}"#)
      #expect(bad?["code"]?.string == "bad-cursor")
      let reset = try #require(
        try await socket.ask(#"{"type":"subscribe","id":"s1","task":"t1","after":"elsewhere.3"}"#))
      #expect(reset["status"]?.string == "reset")
      #expect(reset["missed"]?.isNull == true)
      let state = try #require(await socket.first("reset"))
      #expect(state["subscription"]?.string == "s1")
      #expect(state["tasks"]?[0]?["lastSeq"]?.int == 5)
      try await stand.say("t1", 3)
      #expect(await socket.read(records: 3))
      #expect(socket.checker.faults == [])
      #expect(socket.checker.seqs == ["t1": 8])
    }
  }
}
