import A2A
import A2AWire
import HTTP
import TestSupport
import Testing

/// Deliveries to a real receiver that fails in every way.
@Suite struct PushSenderTests {
  @Test func `an event arrives with what its receiver knows us by`() async throws {
    try await PushReceiverServer.run([]) { push in
      var config = push.config()
      config.token = "the-token"
      config.authentication = PushConfig.Authentication(scheme: "Bearer", credentials: "the-credentials")
      push.send("one", to: config)
      #expect(await eventually { push.count("delivered") == 1 })
      let received = try #require(push.receiver.received.first)
      #expect(received.path == "/hook")
      #expect(received.fields["content-type"] == "application/a2a+json")
      #expect(received.fields["authorization"] == "Bearer the-credentials")
      #expect(received.fields["x-a2a-notification-token"] == "the-token")
      #expect(push.texts == ["one"])
      #expect(!push.log.lines.contains { $0.contains("the-token") || $0.contains("the-credentials") })
    }
  }

  @Test func `0.3 is told the task`() async throws {
    try await PushReceiverServer.run([]) { push in
      push.send("one", version: .v0_3)
      #expect(await eventually { push.count("delivered") == 1 })
      let received = try #require(push.receiver.received.first)
      #expect(received.fields["content-type"] == "application/json")
      #expect(received.text.contains(#""kind":"task""#) && received.text.contains(#""state":"working""#))
    }
  }

  @Test func `events of one configuration stay in order through failures`() async throws {
    let script: [PushReceiverServer.Answer] = [
      .status(200), .status(500), .status(502), .status(200), .status(503), .status(429), .status(200),
    ]
    try await PushReceiverServer.run(script) { push in
      for number in 0..<20 { push.send("\(number)") }
      #expect(await eventually { push.count("delivered") == 20 })
      #expect(push.texts.removingRepeats == (0..<20).map { "\($0)" })
      #expect(push.texts.count == 24)
      #expect(push.count("repeated") == 4)
      #expect(push.time.delays == [.milliseconds(750), .milliseconds(1500), .milliseconds(750), .milliseconds(1500)])
    }
  }

  @Test func `a receiver that hangs is asked again`() async throws {
    try await PushReceiverServer.run([.hang, .hang]) { options in
      options.attemptWithin = .milliseconds(200)
    } _: { push in
      push.send("one")
      // On a machine that is slow enough other attempts may run out of time, too.
      #expect(await eventually { push.count("delivered") == 1 })
      #expect(push.texts.count >= 3)
      #expect(Set(push.texts) == ["one"])
    }
  }

  @Test func `a receiver that breaks off is asked again`() async throws {
    let scripts: [@Sendable (TLSServer.Connection) throws -> Void] = [
      { $0.sendRaw("no TLS at all") },
      { try $0.shakeHands() },
      { connection in
        try connection.shakeHands()
        try connection.receiveHead()
        connection.reset()
      },
      { connection in
        try connection.shakeHands()
        try connection.receiveHead()
        try connection.send("HTTP/1.1 200 OK\r\nContent-")
      },
      { connection in
        try connection.shakeHands()
        try connection.receiveHead()
        try connection.send("no HTTP at all\r\n\r\n")
      },
      { connection in
        try connection.shakeHands()
        try connection.receiveHead()
        try connection.send("HTTP/1.1 204 No Content\r\n\r\n")
        _ = connection.receiveEnd()
      },
    ]
    let receiver = try TLSServer(
      TLSServer.Options(credential: EndpointCertificates.all()[server: .local]), scripts: scripts)
    defer { receiver.stop() }
    try await PushReceiverServer.run([]) { push in
      push.send("one", to: PushConfig(url: "https://127.0.0.1:\(receiver.port)/hook", id: "p", taskID: "t"))
      #expect(await eventually { push.count("delivered") == 1 })
      #expect(push.count("repeated") == 5)
      #expect(push.log.lines.count { $0.contains("will be sent again") && !$0.contains("/hook") } == 5)
    }
  }

  @Test(arguments: [PushReceiverServer.Answer.redirect, .status(404), .status(401), .status(410)])
  func `an answer that will not change is taken for the last word`(_ answer: PushReceiverServer.Answer) async throws {
    try await PushReceiverServer.run([answer]) { push in
      push.send("one")
      push.send("two")
      #expect(await eventually { push.count("delivered") == 1 })
      #expect(push.texts == ["one", "two"])
      #expect(push.receiver.received.allSatisfy { $0.path == "/hook" })
      #expect(push.count("given-up") == 1)
      #expect(push.time.delays.isEmpty)
      #expect(push.log.lines.contains { $0.contains("push notification given up") && $0.contains(#""attempts":1"#) })
    }
  }

  @Test func `after so many attempts an event is given up and the next one tried`() async throws {
    try await PushReceiverServer.run(Array(repeating: .status(500), count: 3)) { options in
      options.attempts = 3
    } _: { push in
      push.send("one")
      push.send("two")
      #expect(await eventually { push.count("delivered") == 1 })
      #expect(push.texts == ["one", "one", "one", "two"])
      #expect(push.count("given-up") == 1)
      let line = push.log.lines.first { $0.contains("given up") }
      #expect(line?.contains("it answered 500") == true && line?.contains(#""attempts":3"#) == true)
      #expect(line?.contains("/hook") == false)
    }
  }

  @Test func `an event that has become old is tried once`() async throws {
    try await PushReceiverServer.run(Array(repeating: .status(500), count: 2)) { options in
      options.giveUpAfter = .milliseconds(700)
    } _: { push in
      push.send("one")
      #expect(await eventually { push.count("given-up") == 1 })
      #expect(push.texts == ["one"])
      #expect(push.time.delays.isEmpty)
    }
  }

  @Test func `a private address is not called`() async throws {
    try await PushReceiverServer.run([]) { options in
      options.allowsPrivateAddresses = false
    } _: { push in
      #expect(throws: A2AError.self) { try push.sender.check(push.config()) }
      try push.sender.check(PushConfig(url: "https://receiver.example/"))
      // One that was registered when it was switched on.
      push.send("one")
      #expect(await eventually { push.log.lines.contains { $0.contains("push configuration cannot be used") } })
      #expect(push.receiver.received.isEmpty)
    }
  }

  @Test func `receivers do not wait for each other`() async throws {
    try await PushReceiverServer.run([.hang]) { push in
      push.send("hangs", to: push.config("a"))
      #expect(await eventually { push.texts == ["hangs"] })
      push.send("one", to: push.config("b"))
      push.send("two", to: push.config("a", task: "other"))
      #expect(await eventually { push.count("delivered") == 2 })
    }
  }

  @Test func `of too many waiting events the oldest go, with a word in the log`() async throws {
    try await PushReceiverServer.run([.status(500)]) { options in
      options.waitingEvents = 3
    } _: { push in
      push.time.hold()
      push.send("0")
      #expect(await eventually { !push.time.delays.isEmpty })
      for number in 1..<10 { push.send("\(number)") }
      #expect(push.count("dropped") == 7)
      #expect(push.log.lines.contains { $0.contains("too many are waiting") })
      push.time.flow()
      await push.sender.finish(within: .zero)
      #expect(push.count("dropped") == 10)
    }
  }

  @Test func `a configuration that is forgotten is told nothing more`() async throws {
    try await PushReceiverServer.run([.status(500)]) { push in
      push.time.hold()
      push.send("one")
      push.send("two")
      #expect(await eventually { !push.time.delays.isEmpty })
      push.sender.forget(taskID: "t", configID: "p")
      push.send("three")
      #expect(await eventually { push.count("delivered") == 1 })
      #expect(push.texts == ["one", "three"])
    }
  }

  @Test func `the end waits for what is on its way, and takes nothing more`() async throws {
    let gate = PushTime()
    try await PushReceiverServer.run([.status(500), .status(200)], time: gate) { push in
      push.send("one")
      push.send("two")
      await push.sender.finish(within: .seconds(3600))
      // The grace passed at once, or both were delivered before: either way nothing is under way any more.
      let sent = push.count("delivered") + push.count("dropped")
      #expect(sent == 2)
      push.send("three")
      #expect(push.count("delivered") + push.count("dropped") == 3)
    }
  }

  @Test func `only so many attempts are made at the same time`() async throws {
    try await PushReceiverServer.run([.hang, .hang]) { options in
      options.attemptsAtOnce = 2
    } _: { push in
      for number in 0..<5 { push.send("\(number)", to: push.config("p\(number)")) }
      #expect(await eventually { push.texts.count == 2 })
      #expect(push.count("delivered") == 0)
      // Those that hang give way, and nobody has to be asked again.
      push.sender.forget(taskID: "t", configID: "p0")
      for number in 0..<5 { push.sender.forget(taskID: "t", configID: "p\(number)") }
    }
  }
}

extension [String] {
  /// Each run of the same text as one.
  fileprivate var removingRepeats: [String] {
    reduce(into: []) { texts, text in if texts.last != text { texts.append(text) } }
  }
}
