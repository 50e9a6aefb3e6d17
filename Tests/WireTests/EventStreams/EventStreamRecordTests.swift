import HTTP
import TestSupport
import Testing
import Wire

/// What is due at the same time leaves at the same time: in one TLS record.
@Suite struct EventStreamRecordTests {
  @Test func `events sent in a row leave in one record`() async throws {
    let router = Router.only(.get, "/") { _ in
      .events { stream in
        for number in 0..<40 { try await stream.send(EncodedEvent(text: "event \(number)")) }
        try await stream.send(ServerSentEvent(text: "last"))
      }
    }
    try await TestServer.run(router: router) { server in
      let (records, texts) = try await server.reading {
        $0.readBody()
        return ($0.records, $0.texts)
      }
      #expect(records == [41])
      #expect(texts == (0..<40).map { "event \($0)" } + ["last"])
    }
  }

  @Test func `events offered as one leave in one record`() async throws {
    let held = HeldStreams()
    let router = Router.only(.get, "/") { _ in held.response() }
    try await TestServer.run(router: router) { server in
      let reader = try await server.reader()
      let stream = try await held.opened()[0]
      let resident = Resident(of: stream)
      let events = (0..<40).map { EncodedEvent(text: "event \($0)") }
      #expect(await resident.run { stream.offer(EncodedEvent(joining: events)) })
      await onThread { _ = reader.value.read { $0.items.count == 40 } }
      #expect(reader.value.records == [40])
      // One by one they leave at once, without waiting for the turn of the loop to end.
      await resident.run { for event in events { stream.offer(event) } }
      await onThread { _ = reader.value.read { $0.items.count == 80 } }
      #expect(reader.value.records == [40] + [Int](repeating: 1, count: 40))
      #expect(reader.value.texts == (0..<80).map { "event \($0 % 40)" })
    }
  }

  @Test func `no events at all are no chunk`() async throws {
    let router = Router.only(.get, "/") { _ in
      .events { stream in
        // An empty chunk would be the end of the body.
        try await stream.send(EncodedEvent(joining: []))
        try await stream.send(EncodedEvent(text: "one"))
      }
    }
    try await TestServer.run(router: router) { server in
      let (texts, isComplete) = try await server.reading {
        $0.readBody()
        return ($0.texts, $0.isComplete)
      }
      #expect(texts == ["one"])
      #expect(isComplete)
    }
  }

  @Test func `the farewell leaves with the events before it`() async throws {
    let router = Router.only(.get, "/") { _ in
      .events { stream in
        try await stream.send(EncodedEvent(text: "one"))
        await stream.end(reason: "done")
      }
    }
    try await TestServer.run(router: router) { server in
      let records = try await server.reading {
        $0.readBody()
        return $0.records
      }
      #expect(records == [2])
    }
  }
}
