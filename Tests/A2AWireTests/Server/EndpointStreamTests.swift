import A2A
import A2AWire
import HTTP
import JSON
import TestSupport
import Testing
import Wire

/// Streams: how they begin, what they carry, how they end.
@Suite struct EndpointStreamTests {
  private static func sending(_ text: String) -> A2A.Operation { .sendStreamingMessage(SendMessageRequest(text)) }

  @Test(arguments: Dialect.all)
  func `a failure before the first event is a plain answer`(_ dialect: Dialect) async throws {
    try await ServedEndpoints.run { served in
      try await Asker.run(served.port) { asker in
        let expected: [(A2A.Operation, A2AError.Code)] = [
          (Self.sending("refuse"), .contentTypeNotSupported),
          (Self.sending("fail first"), .contentTypeNotSupported),
          (Self.sending("end first"), .internalError),
          (.subscribeToTask(SubscribeToTaskRequest(id: "none")), .taskNotFound),
        ]
        for (operation, code) in expected {
          let (call, response) = try await asker.response(to: operation, dialect)
          #expect(response.mediaType != "text/event-stream")
          let body = try await response.body.collect(limit: 1 << 20)
          do throws(A2AError) {
            _ = try call.result(status: response.status, mediaType: response.mediaType, body: body)
            Issue.record("\(operation) has a result.")
          } catch {
            #expect(error.code == code)
          }
        }
      }
      #expect(await served.tasks.feeds.allSatisfy(\.isClosed))
      #expect(await eventually { served.metric("signalbox_a2a_streams_open") == 0 })
    }
  }

  @Test(arguments: Dialect.all)
  func `a stream is one message alone`(_ dialect: Dialect) async throws {
    try await ServedEndpoints.run { served in
      try await Asker.run(served.port) { asker in
        // Its feed does not end by itself: a message is all there can be.
        let events = try await asker.stream(Self.sending("reply"), dialect).rest()
        guard case .message(let message)? = events.first, events.count == 1 else {
          throw Unexpected("\(events)")
        }
        #expect(message.text == "replied")
      }
      #expect(await eventually { await served.tasks.feeds.allSatisfy(\.isClosed) })
    }
  }

  @Test(arguments: Dialect.all)
  func `the fields say that this is a stream and not to be kept`(_ dialect: Dialect) async throws {
    try await ServedEndpoints.run { served in
      try await Asker.run(served.port) { asker in
        let stream = try await asker.stream(Self.sending("work"), dialect)
        #expect(stream.fields["content-type"] == "text/event-stream")
        #expect(stream.fields["cache-control"]?.contains("no-store") == true)
        #expect(stream.fields["x-accel-buffering"] == "no")
      }
    }
  }

  @Test func `many subscribers get the same events in the same order`() async throws {
    try await ServedEndpoints.run { served in
      try await Asker.run(served.port) { asker in
        _ = try await asker.call(
          .sendMessage(SendMessageRequest("work", immediately: true)), Dialect(.jsonRPC, .v1))
        try await withThrowingTaskGroup(of: [TaskEvent].self) { group in
          for index in 0..<20 {
            let dialect = Dialect.all[index % Dialect.all.count]
            group.addTask {
              try await asker.stream(.subscribeToTask(SubscribeToTaskRequest(id: "t1")), dialect).rest()
            }
          }
          #expect(await eventually { await served.tasks.openFeeds(of: "t1") == 20 })
          #expect(await eventually { served.metric("signalbox_a2a_streams_open") == 20 })
          for number in 0..<200 { await served.tasks.add(text: "\(number)", to: "t1") }
          await served.tasks.move("t1", to: .completed)
          for try await events in group {
            #expect(events.count == 202)
            let texts = events.compactMap { event in
              if case .artifact(let update) = event, case .text(let text) = update.artifact.parts[0].content {
                text
              } else {
                nil
              }
            }
            #expect(texts == (0..<200).map { "\($0)" })
            #expect(events.last?.state == .completed)
          }
        }
      }
      #expect(await eventually { served.metric("signalbox_a2a_streams_open") == 0 })
    }
  }

  @Test(arguments: [false, true])
  func `0.3 is told which event is the last`(_ endsWhenInterrupted: Bool) async throws {
    try await ServedEndpoints.run { served in
      await served.tasks.set(endsWhenInterrupted: endsWhenInterrupted)
      try await Asker.run(served.port) { asker in
        let stream = try await asker.stream(Self.sending("work"), Dialect(.jsonRPC, .v0_3))
        await served.tasks.move("t1", to: .working)
        await served.tasks.move("t1", to: .inputRequired)
        await served.tasks.move("t1", to: .completed)
        var finals: [Bool?] = []
        while let event = try await stream.nextRaw() {
          finals.append(try JSONValue(parsing: event.data)["result"]?["final"]?.bool)
        }
        #expect(finals == [nil, false, endsWhenInterrupted, true])
      }
    }
  }

  @Test(arguments: Dialect.all)
  func `a stream that cannot go on ends with an error event`(_ dialect: Dialect) async throws {
    try await ServedEndpoints.run { served in
      try await Asker.run(served.port) { asker in
        let stream = try await asker.stream(Self.sending("work"), dialect)
        #expect(try await stream.next() != nil)
        await served.tasks.breakFeeds(of: "t1", because: .failed(A2AError(.internalError, "The agent has died.")))
        let last = try #require(try await stream.nextRaw())
        #expect(last.type == "error")
        do throws(A2AError) {
          _ = try stream.read(last)
          Issue.record("no error")
        } catch {
          #expect(error.code == .internalError)
          #expect(error.message == "The agent has died.")
        }
        #expect(try await stream.next() == nil)
      }
      #expect(await eventually { served.metric("signalbox_a2a_streams_open") == 0 })
    }
  }

  @Test(arguments: Dialect.all)
  func `a stream that is cut has no end`(_ dialect: Dialect) async throws {
    try await ServedEndpoints.run { served in
      try await Asker.run(served.port) { asker in
        let stream = try await asker.stream(Self.sending("work"), dialect)
        guard case .task = try await stream.next() else { throw Unexpected("no task first") }
        await served.tasks.add(text: "last words", to: "t1")
        await served.tasks.breakFeeds(of: "t1", because: .cut)
        guard case .artifact = try await stream.next() else { throw Unexpected("no last words") }
        await #expect(throws: ClientError.self) { try await stream.next() }
        await #expect(throws: ClientError.self) {
          _ = try await asker.stream(Self.sending("cut first"), dialect).next()
        }
      }
      #expect(await eventually { served.metric("signalbox_a2a_streams_open") == 0 })
      #expect(await served.tasks.state(of: "t1") == .working)
    }
  }

  @Test func `silence is broken by comments`() async throws {
    var options = EndpointOptions()
    options.heartbeat = .milliseconds(20)
    try await ServedEndpoints.run(options: options) { served in
      try await Asker.run(served.port) { asker in
        let (_, response) = try await asker.response(to: Self.sending("work"), Dialect(.jsonRPC, .v1))
        var parser = EventStreamParser()
        var comments = 0
        while comments < 3 {
          parser.append(try #require(try await response.body.next()))
          reading: while true {
            switch parser.next() {
            case .comment: comments += 1
            case .needsMore: break reading
            case .event, .retry: break
            case .failed(let fault): throw fault
            }
          }
        }
      }
    }
  }

  @Test(arguments: Dialect.all)
  func `a caller may have so many streams and no more`(_ dialect: Dialect) async throws {
    var options = EndpointOptions()
    options.streams.perCaller = 2
    options.streams.total = 3
    try await ServedEndpoints.run(options: options) { served in
      try await Asker.run(served.port) { asker in
        let subscribe = A2A.Operation.subscribeToTask(SubscribeToTaskRequest(id: "t1"))
        let first = try await asker.stream(Self.sending("work"), dialect)
        let second = try await asker.stream(subscribe, dialect)
        #expect(try await second.next() != nil)
        let (_, response) = try await asker.response(to: subscribe, dialect)
        let reply = Asker.Reply(
          status: response.status, fields: response.fields, body: try await response.body.collect(limit: 1 << 20))
        #expect(reply.errorMessage?.contains("has 2 streams open") == true)
        #expect(reply.status == (dialect.binding == .jsonRPC ? .ok : .tooManyRequests))
        if dialect == Dialect(.jsonRPC, .v1) {
          #expect(reply.errorCode == -32603)
          #expect(reply.errorReason == "TOO_MANY_STREAMS")
        }
        #expect(await served.tasks.requests.count == 2)
        try await Asker.run(served.port, as: .goodOperator) { other in
          let third = try await other.stream(Self.sending("work"), dialect)
          #expect(try await third.next() != nil)
          let error = try await other.response(to: Self.sending("work"), dialect).1
          #expect(error.mediaType != "text/event-stream")
          let text = String(decoding: try await error.body.collect(limit: 1 << 20), as: UTF8.self)
          #expect(text.contains("as many streams open as it may"))
        }
        #expect(await eventually { served.metric("signalbox_a2a_streams_open") == 2 })
        // One that ends makes room.
        await served.tasks.move("t1", to: .completed)
        _ = try await (first.rest(), second.rest())
        #expect(await eventually { served.metric("signalbox_a2a_streams_open") == 0 })
        #expect(try await asker.stream(Self.sending("work"), dialect).next() != nil)
      }
    }
  }

  @Test func `a server that goes away says goodbye on its streams`() async throws {
    try await ServedEndpoints.run { served in
      try await Asker.run(served.port) { asker in
        let stream = try await asker.stream(Self.sending("work"), Dialect(.jsonRPC, .v1))
        #expect(try await stream.nextRaw() != nil)
        await served.server.stop(grace: .seconds(30))
        let bye = try await stream.nextRaw()
        #expect(bye?.type == "bye")
        #expect(bye.map { String(decoding: $0.data, as: UTF8.self) } == #"{"reason":"draining"}"#)
        #expect(try await stream.nextRaw() == nil)
      }
      #expect(await eventually { await served.tasks.openFeeds(of: "t1") == 0 })
      #expect(await served.tasks.state(of: "t1") == .working)
    }
  }
}
