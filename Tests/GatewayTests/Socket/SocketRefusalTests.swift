import HTTP
import JSON
import TestSupport
import Testing

@testable import Gateway

/// What cannot be done is refused by what is wrong with it, and the socket stays open.
@Suite struct SocketRefusalTests {
  /// What is sent, the id and the code of its refusal, and a word that stands in its message.
  static let bad: [(text: String, id: String?, code: String, word: String)] = [
    ("", nil, "bad-message", "JSON"),
    ("hello", nil, "bad-message", "byte 1"),
    (#"{"type":"ping","id":"1""#, nil, "bad-message", "JSON"),
    (#"{"type":"ping","id":"1","id":"2"}"#, nil, "bad-message", "byte"),
    ("17", nil, "bad-message", "object"),
    (#""ping""#, nil, "bad-message", "object"),
    ("null", nil, "bad-message", "object"),
    ("[]", nil, "bad-message", "0 messages"),
    ("[17]", nil, "bad-message", "object"),
    ("[[]]", nil, "bad-message", "object"),
    ("{}", nil, "bad-id", #""id""#),
    (#"{"type":"ping"}"#, nil, "bad-id", #""id""#),
    (#"{"type":"ping","id":1}"#, nil, "bad-id", "text"),
    (#"{"type":"ping","id":""}"#, nil, "bad-id", "1 to 128"),
    (#"{"type":"ping","id":"a b"}"#, nil, "bad-id", "space"),
    (#"{"type":"ping","id":"ü"}"#, nil, "bad-id", "ASCII"),
    (#"{"type":"ping","id":"\#(String(repeating: "x", count: 129))"}"#, nil, "bad-id", "128"),
    (#"{"id":"a"}"#, "a", "bad-message", #""type""#),
    (#"{"id":"a","type":7}"#, "a", "bad-message", #""type""#),
    (#"{"id":"a","type":"dance"}"#, "a", "unknown-type", #""dance""#),
    (#"{"id":"a","type":"presence"}"#, "a", "bad-message", #""task""#),
    (#"{"id":"a","type":"presence","task":"t"}"#, "a", "not-found", "Task not found"),
    (#"{"id":"a","type":"questions","task":"t"}"#, "a", "bad-message", #""task""#),
    (#"{"id":"a","type":"ping","extra":1}"#, "a", "bad-message", #""extra""#),
    (#"{"id":"a","type":"subscribe"}"#, "a", "bad-message", #""tasks""#),
    (#"{"id":"a","type":"subscribe","task":"t","all":true}"#, "a", "bad-message", "one way"),
    (#"{"id":"a","type":"subscribe","all":false}"#, "a", "bad-message", #""all""#),
    (#"{"id":"a","type":"subscribe","task":7}"#, "a", "bad-message", #""task""#),
    (#"{"id":"a","type":"subscribe","task":""}"#, "a", "bad-message", #""task""#),
    (#"{"id":"a","type":"subscribe","tasks":[]}"#, "a", "bad-message", #""tasks""#),
    (#"{"id":"a","type":"subscribe","tasks":[""]}"#, "a", "bad-message", #""tasks""#),
    (#"{"id":"a","type":"subscribe","tasks":["t",1]}"#, "a", "bad-message", #""tasks""#),
    (#"{"id":"a","type":"subscribe","tasks":"t"}"#, "a", "bad-message", #""tasks""#),
    (#"{"id":"a","type":"subscribe","task":"t","after":1}"#, "a", "bad-message", #""after""#),
    (#"{"id":"a","type":"subscribe","task":"t","from":"earliest"}"#, "a", "bad-message", #""from""#),
    (#"{"id":"a","type":"unsubscribe"}"#, "a", "bad-message", #""subscription""#),
    (#"{"id":"a","type":"submit"}"#, "a", "bad-message", #""text""#),
    (#"{"id":"a","type":"submit","text":""}"#, "a", "bad-message", "empty"),
    (#"{"id":"a","type":"submit","text":"x","message":{}}"#, "a", "bad-message", "one of them"),
    (#"{"id":"a","type":"submit","message":[]}"#, "a", "bad-message", #""message""#),
    (#"{"id":"a","type":"submit","message":{}}"#, "a", "bad-task", "parts"),
    (#"{"id":"a","type":"submit","text":"x","title":"\u0000"}"#, "a", "bad-task", #""title""#),
    (#"{"id":"a","type":"submit","text":"x","key":"\u0000"}"#, "a", "bad-task", #""key""#),
    (#"{"id":"a","type":"submit","text":"x","acceptedOutputModes":"text"}"#, "a", "bad-message", "list"),
    (#"{"id":"a","type":"submit","text":"x","agent":"none"}"#, "a", "no-such-agent", "agent"),
    (#"{"id":"a","type":"cancel"}"#, "a", "bad-message", #""task""#),
    (#"{"id":"a","type":"cancel","task":"t","why":[]}"#, "a", "bad-message", #""why""#),
    (#"{"id":"a","type":"cancel","filter":"mine","task":"t"}"#, "a", "bad-message", #""task""#),
    (#"{"id":"a","type":"review","opinion":"accept"}"#, "a", "bad-message", #""task""#),
    (#"{"id":"a","type":"review","task":"t"}"#, "a", "bad-message", #""opinion""#),
    (#"{"id":"a","type":"review","task":"t","opinion":"maybe"}"#, "a", "bad-command", #""accept" or "disagree""#),
    (#"{"id":"a","type":"review","task":"t","opinion":"disagree"}"#, "a", "bad-command", #""why""#),
    (#"{"id":"a","type":"review","task":"t","opinion":"accept"}"#, "a", "not-found", "Task not found"),
    (#"{"id":"a","type":"cancel","filter":"theirs"}"#, "a", "bad-command", #""mine" or "all""#),
    (#"{"id":"a","type":"cancel","filter":"mine","dryRun":1}"#, "a", "bad-message", #""dryRun""#),
    (#"{"id":"a","type":"cancel","filter":"mine","agent":"none"}"#, "a", "no-such-agent", "agent"),
    (#"{"id":"a","type":"cancel","task":"t"}"#, "a", "not-found", "Task not found"),
    (#"{"id":"a","type":"say","task":"t"}"#, "a", "bad-message", #""text""#),
    (
      #"{"id":"a","type":"say","task":"t","message":{"taskId":"u","parts":[{"text":"x"}]}}"#, "a", "bad-task",
      "another task"
    ),
    (#"{"id":"a","type":"answer","task":"t","text":"x"}"#, "a", "bad-message", #""question""#),
    (#"{"id":"a","type":"answer","task":"t","question":"q1"}"#, "a", "bad-message", #""values""#),
    (#"{"id":"a","type":"answer","task":"t","question":"q1","values":7}"#, "a", "bad-message", #""values""#),
    (#"{"id":"a","type":"answer","task":"t","question":"q1","decline":false}"#, "a", "bad-message", #""decline""#),
    (
      #"{"id":"a","type":"answer","task":"t","question":"q1","decline":true,"text":"x"}"#, "a", "bad-message",
      "one way"
    ),
    (#"{"id":"a","type":"claim","task":"t"}"#, "a", "bad-message", #""question""#),
    (#"{"id":"a","type":"pause"}"#, "a", "bad-message", #""task""#),
    (#"{"id":"a","type":"resume","task":"t","why":"x"}"#, "a", "bad-message", #""why""#),
    (#"{"id":"a","type":"refresh"}"#, "a", "bad-message", #""token""#),
    (#"{"id":"a","type":"refresh","token":"abc"}"#, "a", "bad-token", "token"),
    (#"{"id":"a","type":"ping","x":"\#(String(repeating: "x", count: 70_000))"}"#, "a", "message-too-long", "65536"),
  ]

  @Test func `each is refused by its name, and the next one is served`() async throws {
    try await TestGateway.run { gateway async throws in
      let socket = try await gateway.socket()
      var count = 0
      for (text, id, code, word) in Self.bad {
        try await socket.send(text)
        count += 1
        let expected = count
        #expect(await socket.read { $0.count("nack") == expected }, "\(text.prefix(100))")
        let nack = try #require(socket.heard("nack").last)
        #expect(nack["code"]?.string == code, "\(text.prefix(100)): \(nack)")
        #expect(nack["id"]?.string == id && nack["id"] != nil, "\(text.prefix(100)): \(nack)")
        let message = try #require(nack["message"]?.string)
        #expect(message.contains(word), "\(text.prefix(100)): \(message)")
        #expect(message.utf8.allSatisfy { (0x20...0x7E).contains($0) || $0 > 0x7F }, "\(message)")
      }
      #expect(try await socket.ask(#"{"type":"ping","id":"still"}"#)?["type"]?.string == "ack")
      let many = (0...100).map { #"{"type":"ping","id":"n\#($0)"}"# }.joined(separator: ",")
      try await socket.send("[\(many)]")
      #expect(await socket.read { $0.count("nack") == Self.bad.count + 1 })
      #expect(socket.heard("nack").last?["message"]?.string?.contains("101 messages") == true)
      // What is good of an array is done, whatever stands beside it.
      try await socket.send(#"[{"type":"ping","id":"n1"},{"type":"dance","id":"n2"},{"type":"ping","id":"n3"}]"#)
      #expect(await socket.answer(to: "n3")?["type"]?.string == "ack")
      #expect(await socket.answer(to: "n2")?["code"]?.string == "unknown-type")
    }
  }

  @Test func `a binary message and one that is too long close it, with the reason`() async throws {
    try await TestGateway.run { gateway async throws in
      let binary = try await gateway.socket()
      try await binary.send(WebSocketFrame(.binary, Array(#"{"type":"ping","id":"1"}"#.utf8)))
      var end = await binary.finish()
      #expect(end.code == 1003)
      #expect(end.bye == "binary")
      let long = try await gateway.socket()
      try await long.send(WebSocketFrame(.text, [UInt8](repeating: 0x20, count: (1 << 20) + 1)))
      end = await long.finish()
      #expect(end.code == 1009)
      #expect(end.bye == "too-long")
      let right = try await gateway.socket()
      // As long as it may be, and about a task that is not there.
      let head = #"{"type":"say","id":"1","task":"t","text":""#
      try await right.send(head + String(repeating: "x", count: (1 << 20) - head.utf8.count - 2) + #""}"#)
      #expect(await right.answer(to: "1")?["code"]?.string == "not-found")
    }
  }
}
