import HTTP
import JSON
import Journal
import TestSupport
import Testing

@testable import Gateway

/// What a socket is told beside records: the inbox, and who watches.
@Suite(.timeLimit(.minutes(2))) struct SocketFollowingTests {
  @Test func `the inbox has the questions that wait, then each as it changes, and no one else's`() async throws {
    try await WorkScene.run { scene async throws in
      let first = try await scene.begin("ask me")
      try await scene.wait(first, for: "input-required")
      let socket = try await scene.gateway.socket()
      let ack = try #require(try await socket.ask(#"{"type":"questions","id":"q"}"#))
      #expect(ack["type"]?.string == "ack" && ack["subscription"]?.string == "q", "\(ack)")
      #expect(ack["waiting"]?.int == 1 && ack["more"] == nil && socket.count("question") == 0, "\(ack)")
      let waiting = try #require(await socket.first("question") { $0["task"]?.string == first })
      #expect(waiting["question"]?["question"]?.string == "q1" && waiting["question"]?["mayAnswer"]?.bool == true)

      let second = try await scene.begin("ask me")
      #expect(await socket.first("question") { $0["task"]?.string == second } != nil)
      let claim = try #require(
        try await socket.ask(#"{"type":"claim","id":"c","task":"\#(second)","question":"q1"}"#))
      #expect(claim["type"]?.string == "ack", "\(claim)")
      #expect(
        await socket.first("question") {
          $0["task"]?.string == second && $0["question"]?["claimedBy"]?.string == "oscar"
        } != nil)
      _ = try await socket.ask(#"{"type":"answer","id":"a","task":"\#(second)","question":"q1","text":"Yes"}"#)
      let closed = try #require(await socket.first("question-closed"))
      #expect(closed["task"]?.string == second && closed["how"]?.string == "answered", "\(closed)")
      #expect(closed["by"]?.string == "oscar")

      let stranger = try await scene.gateway.socket(.tina)
      let none = try await stranger.ask(#"{"type":"questions","id":"q"}"#)
      #expect(none?["waiting"]?.int == 0)
      _ = try await scene.begin("ask me")
      // Behind what would have come before it.
      #expect(await socket.read { $0.count("question") >= 4 })
      _ = try await stranger.ask(#"{"type":"ping","id":"p"}"#)
      #expect(stranger.count("question") == 0 && stranger.count("question-closed") == 0)
    }
  }

  @Test func `an inbox ends with its subscription, and may be opened again`() async throws {
    try await WorkScene.run { scene async throws in
      let socket = try await scene.gateway.socket()
      _ = try await socket.ask(#"{"type":"questions","id":"q"}"#)
      let twice = try await socket.ask(#"{"type":"presence","id":"q","task":"t"}"#)
      _ = twice
      #expect(await socket.first("nack")?["code"]?.string == "already-subscribed")
      let ended = try await socket.ask(#"{"type":"unsubscribe","id":"u","subscription":"q"}"#)
      #expect(ended?["type"]?.string == "ack")
      let task = try await scene.begin("ask me")
      try await scene.wait(task, for: "input-required")
      #expect(socket.count("question") == 0)
      _ = try await socket.ask(#"{"type":"questions","id":"q2"}"#)
      #expect(await socket.first("question")?["task"]?.string == task)
    }
  }

  @Test func `who watches a task is told as it stands, and then each who comes or goes`() async throws {
    try await WorkScene.run { scene async throws in
      let task = try await scene.holding()
      let socket = try await scene.gateway.socket()
      _ = try await socket.ask(#"{"type":"presence","id":"p","task":"\#(task)"}"#)
      #expect(await socket.first("presence")?["count"]?.int == 0)
      let other = try await scene.gateway.socket(.vera)
      _ = try await other.ask(#"{"type":"subscribe","id":"s","task":"\#(task)"}"#)
      let came = try #require(await socket.first("watcher"))
      #expect(came["principal"]?.string == "vera" && came["joined"]?.bool == true && came["count"]?.int == 1)
      other.disconnect()
      let gone = try #require(await socket.first("watcher") { $0["joined"]?.bool == false })
      #expect(gone["principal"]?.string == "vera" && gone["count"]?.int == 0)
      let stranger = try await scene.gateway.socket(.tina)
      let nack = try await stranger.ask(#"{"type":"presence","id":"p","task":"\#(task)"}"#)
      #expect(nack?["code"]?.string == "not-found")
      _ = try await scene.command("\(task):cancel")
    }
  }

  @Test func `many tasks are counted, and then cancelled, with one message`() async throws {
    try await WorkScene.run { scene async throws in
      let tasks = [try await scene.holding(), try await scene.holding()]
      let socket = try await scene.gateway.socket()
      let count = try #require(
        try await socket.ask(#"{"type":"cancel","id":"r-0","filter":"mine","dryRun":true}"#))
      #expect(count["count"]?.int == 2 && count["dryRun"]?.bool == true && count["receipts"] == nil, "\(count)")
      #expect(try await scene.journaled(.command, tasks[0]).count == 1)
      let done = try #require(try await socket.ask(#"{"type":"cancel","id":"r-1","filter":"mine","why":"All of it."}"#))
      #expect(done["receipts"]?.count == 2, "\(done)")
      for task in tasks { try await scene.wait(task, for: "canceled") }
      let none = try #require(try await socket.ask(#"{"type":"cancel","id":"r-2","filter":"all"}"#))
      #expect(none["count"]?.int == 0)
    }
  }

  @Test func `of two answers on two transports at once one counts, and the other is told whose`() async throws {
    try await WorkScene.run { scene async throws in
      let socket = try await scene.gateway.socket()
      var won = (http: 0, socket: 0)
      for number in 1...100 {
        let task = try await scene.begin("ask me")
        try await scene.wait(task, for: "input-required")
        let said = #"{"type":"answer","id":"a\#(number)","task":"\#(task)","question":"q1","text":"By socket"}"#
        async let one = scene.command("\(task)/questions/q1:answer", #"{"text":"By HTTP"}"#)
        let other = try #require(try await socket.ask(said))
        let (status, body) = try await one
        let isBySocket = other["type"]?.string == "ack"
        #expect(isBySocket != status.hasPrefix("202"), "\(status) \(other)")
        let loser = isBySocket ? body : other
        let code = loser["code"]?.string
        #expect(code == "answered" && loser["by"]?.string == "oscar" || code == "task-ended", "\(loser)")
        let answers = try await scene.journaled(.answer, task)
        #expect(answers.map { $0["text"]?.string } == [isBySocket ? "By socket" : "By HTTP"])
        if isBySocket { won.socket += 1 } else { won.http += 1 }
      }
      // Who comes first is chance; who always does would be no race.
      #expect(won.http + won.socket == 100)
    }
  }

  @Test func `a refusal has what a program needs to go on`() async throws {
    try await WorkScene.run { scene async throws in
      let task = try await scene.begin("ask me")
      try await scene.wait(task, for: "input-required")
      let socket = try await scene.gateway.socket()
      _ = try await socket.ask(#"{"type":"answer","id":"a","task":"\#(task)","question":"q1","text":"Yes"}"#)
      let nack = try #require(
        try await socket.ask(#"{"type":"answer","id":"b","task":"\#(task)","question":"q1","text":"No"}"#))
      #expect(nack["code"]?.string == "answered" && nack["by"]?.string == "oscar" && nack["at"] != nil, "\(nack)")
    }
  }
}
