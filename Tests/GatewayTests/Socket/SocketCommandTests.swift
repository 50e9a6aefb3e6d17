import HTTP
import JSON
import Journal
import TestSupport
import Testing

@testable import Gateway

/// Commands over a socket: answered at once, journaled, and told what comes of them.
@Suite struct SocketCommandTests {
  @Test func `work is begun, watched, told more and done, over one socket`() async throws {
    try await WorkScene.run { scene async throws in
      let socket = try await scene.gateway.socket()
      let begun = try #require(
        try await socket.ask(#"{"type":"submit","id":"1","agent":"checker","text":"ask me","title":"T"}"#))
      #expect(begun["type"]?.string == "ack", "\(begun)")
      let task = try #require(begun["task"]?.string)
      #expect(begun["repeated"]?.bool == false)
      #expect(try await scene.journal.task(task)?.opening.title == "T")
      #expect(try await socket.ask(#"{"type":"subscribe","id":"2","task":"\#(task)"}"#)?["type"]?.string == "ack")
      try await scene.wait(task, for: "input-required")
      let said = try #require(try await socket.ask(#"{"type":"say","id":"3","task":"\#(task)","text":"This one"}"#))
      #expect(said["command"]?.string == "send", "\(said)")
      #expect(said["task"]?.string == task)
      #expect(said["repeated"]?.bool == false)
      let number = try #require(said["seq"]?.int)
      let record = try #require(try await scene.journal.record(number, of: task))
      // The task asks, so what is said is its answer.
      #expect(record.kind == .answer)
      let verdict = try #require(await socket.first("verdict"))
      #expect(verdict["id"]?.string == "3")
      #expect(verdict["verdict"]?.string == "taken")
      #expect(await socket.first("end")?["reason"]?.string == "finished")
      #expect(socket.checker.faults == [])
      #expect(try await scene.journal.task(task)?.state == "completed")
    }
  }

  @Test func `a cancel has its verdict, also for a socket that watches nothing, and again after a reconnect`()
    async throws
  {
    try await WorkScene.run { scene async throws in
      let task = try await scene.begin("hold")
      try await scene.wait(task, for: "working")
      let socket = try await scene.gateway.socket()
      let cancel = #"{"type":"cancel","id":"c-1","task":"\#(task)","why":"wrong file"}"#
      let receipt = try #require(try await socket.ask(cancel))
      #expect(receipt["command"]?.string == "cancel")
      let verdict = try #require(await socket.first("verdict"))
      #expect(verdict["verdict"]?.string == "stopped")
      #expect(verdict["task"]?.string == task)
      #expect(verdict["command"]?.string == "cancel")
      let seq = try #require(verdict["seq"]?.int)
      let offset = try #require(try await scene.journal.record(seq, of: task)?.offset)
      #expect(verdict["cursor"]?.string == "\(scene.journal.epoch).\(offset)")
      #expect(socket.types == ["welcome", "ack", "verdict"])
      socket.disconnect()
      let again = try await scene.gateway.socket()
      let repeated = try #require(try await again.ask(cancel))
      #expect(repeated["repeated"]?.bool == true)
      #expect(repeated["seq"]?.int == receipt["seq"]?.int)
      #expect(await again.first("verdict")?["verdict"]?.string == "stopped")
      // The same id for something else.
      let other = try await again.ask(#"{"type":"cancel","id":"c-1","task":"\#(task)","why":"another reason"}"#)
      _ = other
      #expect(await again.first("nack")?["code"]?.string == "command-id-taken")
      let late = try await again.ask(#"{"type":"cancel","id":"c-2","task":"\#(task)"}"#)
      #expect(late?["code"]?.string == "task-ended")
    }
  }

  @Test func `who may not is told so, and somebody else's task is not there`() async throws {
    try await WorkScene.run { scene async throws in
      let task = try await scene.begin("hold")
      try await scene.wait(task, for: "working")
      let viewer = try await scene.gateway.socket(.vera)
      #expect(try await viewer.ask(#"{"type":"cancel","id":"1","task":"\#(task)"}"#)?["code"]?.string == "forbidden")
      #expect(try await viewer.ask(#"{"type":"submit","id":"2","text":"hold"}"#)?["code"]?.string == "forbidden")
      for (id, text) in [
        ("3", #""type":"claim","question":"q1""#), ("4", #""type":"answer","question":"q1","text":"x""#),
      ] {
        let nack = try await viewer.ask(#"{\#(text),"id":"\#(id)","task":"\#(task)"}"#)
        #expect(nack?["code"]?.string == "forbidden", "\(text)")
      }
      let stranger = try await scene.gateway.socket(.tina)
      for (id, text) in [
        ("1", #""type":"cancel""#), ("2", #""type":"say","text":"x""#), ("3", #""type":"pause""#),
        ("4", #""type":"resume""#), ("5", #""type":"claim","question":"q1""#),
        ("6", #""type":"release","question":"q1""#), ("7", #""type":"answer","question":"q1","text":"x""#),
        ("8", #""type":"presence""#), ("9", #""type":"review","opinion":"accept""#),
      ] {
        let nack = try #require(try await stranger.ask(#"{\#(text),"id":"\#(id)","task":"\#(task)"}"#))
        #expect(nack["code"]?.string == "not-found", "\(text): \(nack)")
      }
      #expect(try await scene.journal.task(task)?.state == "working")
    }
  }

  @Test func `what is told to one task is done in its order, to several at once`() async throws {
    try await WorkScene.run { scene async throws in
      let task = try await scene.begin("ask me")
      try await scene.wait(task, for: "input-required")
      let socket = try await scene.gateway.socket()
      let texts = (1...20).map { #"{"type":"say","id":"m\#($0)","task":"\#(task)","text":"\#($0)"}"# }
      try await socket.send("[\(texts.joined(separator: ","))]")
      #expect(await socket.read { $0.count("ack") + $0.count("nack") == 20 })
      let seqs = socket.heard("ack").compactMap { $0["seq"]?.int }
      #expect(seqs == seqs.sorted())
      #expect(seqs.count >= 1)
    }
  }
}
