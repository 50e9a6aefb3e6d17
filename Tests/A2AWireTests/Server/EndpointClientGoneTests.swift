import A2A
import A2AWire
import HTTP
import TestSupport
import Testing
import Wire

/// Clients that go away, in every way and at every stage: nothing of theirs stays, and their tasks go on.
@Suite struct EndpointClientGoneTests {
  enum Stage: CaseIterable {
    /// A blocking send waits for its task.
    case blockingSend
    /// The stream has no event yet.
    case beforeFirstEvent
    /// The stream waits for its next event.
    case midStream
  }

  enum Way: CaseIterable {
    case goodbye, end, reset

    func leave(_ client: TLSClient) {
      switch self {
      case .goodbye:
        client.sendCloseNotify()
        client.finishSending()
      case .end: client.disconnect()
      case .reset: client.resetConnection()
      }
    }
  }

  @Test(arguments: Stage.allCases, Way.allCases)
  func `a client may leave at any time`(_ stage: Stage, _ way: Way) async throws {
    try await ServedEndpoints.run { served in
      let credential = try EndpointCertificates.all()[.good]
      let port = served.port
      let method = stage == .blockingSend ? "SendMessage" : "SendStreamingMessage"
      let text = stage == .beforeFirstEvent ? "wait first" : "work"
      let body =
        #"{"jsonrpc":"2.0","id":1,"method":"\#(method)","params":"#
        + #"{"message":{"messageId":"m","role":"ROLE_USER","parts":[{"text":"\#(text)"}]}}}"#
      let client = try await onThread {
        var options = TLSClient.Options()
        options.credential = (credential.certificatePEM, credential.keyPEM)
        let client = try TLSClient(port: port, options)
        try client.send(
          "POST /a2a HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nA2A-Version: 1.0\r\n"
            + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
        return Moved(client)
      }
      #expect(await eventually { await served.tasks.feeds.count == 1 })
      if stage == .midStream {
        let hasEvent = await onThread {
          var text = ""
          while !text.contains("data:") {
            guard case .success(let bytes) = client.value.receive() else { return false }
            text += String(decoding: bytes, as: UTF8.self)
          }
          return true
        }
        #expect(hasEvent)
      }
      await onThread { way.leave(client.value) }
      #expect(await eventually { await served.tasks.feeds.allSatisfy(\.isClosed) })
      #expect(await eventually { (try? await served.server.connectionCount("agent")) == 0 })
      #expect(await eventually { served.metric("signalbox_a2a_streams_open") == 0 })
      if stage == .blockingSend { #expect(await eventually { await served.tasks.abandonedWaits == 1 }) }
      if stage != .beforeFirstEvent { #expect(await served.tasks.state(of: "t1") == .working) }
      let lines = served.log.lines.filter { $0.contains(#""message":"request""#) }
      #expect(lines.count == 1 && lines[0].contains(#""outcome":"client-gone""#), "\(lines)")
      #expect(!served.log.lines.contains { $0.contains(#""level":"error""#) })
    }
  }

  @Test func `closing one stream touches no other`() async throws {
    try await ServedEndpoints.run { served in
      try await Asker.run(served.port) { stays in
        let kept = try await stays.stream(.sendStreamingMessage(SendMessageRequest("work")), Dialect(.httpJSON, .v1))
        try await Asker.run(served.port) { leaves in
          let other = try await leaves.stream(
            .subscribeToTask(SubscribeToTaskRequest(id: "t1")), Dialect(.httpJSON, .v1))
          #expect(try await other.next() != nil)
        }
        #expect(await eventually { await served.tasks.openFeeds(of: "t1") == 1 })
        await served.tasks.add(text: "more", to: "t1")
        await served.tasks.move("t1", to: .completed)
        #expect(try await kept.rest().map(\.state) == [.working, nil, .completed])
      }
    }
  }

  @Test func `a send that waits too long is answered, and its task goes on`() async throws {
    var options = EndpointOptions()
    options.answerWithin = .milliseconds(100)
    try await ServedEndpoints.run(options: options) { served in
      try await Asker.run(served.port) { asker in
        let reply = try await asker.rpc(
          "SendMessage", #"{"message":{"messageId":"m","role":"ROLE_USER","parts":[{"text":"work"}]}}"#)
        #expect(reply.status == .serviceUnavailable)
      }
      #expect(await eventually { await served.tasks.abandonedWaits == 1 })
      #expect(await served.tasks.state(of: "t1") == .working)
    }
  }
}

/// Made on one thread and used on one other, one after the other.
struct Moved<Value>: @unchecked Sendable {
  let value: Value
  init(_ value: Value) { self.value = value }
}
