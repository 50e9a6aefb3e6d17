import HTTP
import TestSupport
import Testing
import Wire

/// What a stream of events looks like on the wire.
@Suite struct EventStreamAnswerTests {
  private static let sent = [
    ServerSentEvent(id: "1", event: "progress", data: Array("step one".utf8)),
    ServerSentEvent(id: "2", data: Array("two\nlines\r\nand a third".utf8)),
    ServerSentEvent(text: ""),
    ServerSentEvent(id: "", event: "späße", data: Array("\u{1F682} ".utf8), retryMilliseconds: 1500),
    ServerSentEvent(text: String(repeating: "long ", count: 20_000)),
  ]

  /// What a reader makes of those.
  private static let received: [EventReader.Item] = [
    .event(ReceivedEvent(type: "progress", lastEventID: "1", data: Array("step one".utf8))),
    .event(ReceivedEvent(lastEventID: "2", data: Array("two\nlines\nand a third".utf8))),
    .event(ReceivedEvent(lastEventID: "2", data: [])),
    .retry(milliseconds: 1500),
    .event(ReceivedEvent(type: "späße", lastEventID: "", data: Array("\u{1F682} ".utf8))),
    .event(ReceivedEvent(lastEventID: "", data: Array(String(repeating: "long ", count: 20_000).utf8))),
  ]

  private static let router = Router.only(.get, "/") { _ in
    .events { stream in
      for event in sent { try await stream.send(event) }
    }
  }

  private static func answer(_ method: HTTPMethod = .get, version: String = "1.1") async throws -> EventReader {
    try await TestServer.run(router: router) { server in
      try await server.client { client in
        let reader = EventReader(client)
        try reader.ask("/", method, version: version)
        if version == "1.1" { reader.readBody() } else { reader.readAll() }
        return Unchecked(reader)
      }.value
    }
  }

  @Test func `the head says what follows and that nobody may keep it`() async throws {
    let head = try #require(try await Self.answer().head)
    #expect(head.status == .ok)
    #expect(head.fields.values(of: "content-type") == ["text/event-stream"])
    #expect(head.fields.values(of: "cache-control") == ["no-store, no-transform"])
    #expect(head.fields.values(of: "x-accel-buffering") == ["no"])
    #expect(head.fields.values(of: "content-length") == [])
    #expect(head.fields.values(of: "transfer-encoding") == ["chunked"])
    #expect(!head.fields.contains("content-encoding"))
    #expect(head.fields.contains("x-request-id"))
    #expect(!head.fields.contains("connection"))
  }

  @Test func `events arrive as they were sent`() async throws {
    let reader = try await Self.answer()
    #expect(reader.items == Self.received)
    #expect(reader.isComplete)
    #expect(reader.fault == nil)
  }

  @Test func `for HTTP 1_0 the stream ends with the connection`() async throws {
    let reader = try await Self.answer(version: "1.0")
    let head = try #require(reader.head)
    #expect(head.fields.values(of: "transfer-encoding") == [])
    #expect(head.fields.values(of: "content-length") == [])
    #expect(head.fields["connection"] == "close")
    #expect(reader.items == Self.received)
    #expect(reader.isComplete)
    #expect(reader.ending == .goodbye)
  }

  @Test func `HEAD has the head and nothing else and opens no stream`() async throws {
    let held = HeldStreams()
    let router = Router.only(.get, "/") { _ in held.response() }
    try await TestServer.run(router: router) { server in
      let (status, type, second) = try await server.client { client in
        let answer = try client.ask("HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n", toHead: true)
        // The next answer begins where the head has ended.
        let second = try client.ask("HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n", toHead: true)
        return (answer?.status, answer?.fields["content-type"], second?.status)
      }
      #expect(status == 200)
      #expect(type == "text/event-stream")
      #expect(second == 200)
      #expect(held.streams.isEmpty)
    }
  }

  @Test func `the head is there before the first event`() async throws {
    let held = HeldStreams()
    let router = Router.only(.get, "/") { _ in
      var options = EventStreamOptions()
      // A comment would bring the head along.
      options.heartbeat = .seconds(3600)
      return held.response(options)
    }
    try await TestServer.run(router: router) { server in
      let reader = try await server.reader()
      #expect(reader.value.head?.status == .ok)
      #expect(reader.value.items.isEmpty)
    }
  }
}
