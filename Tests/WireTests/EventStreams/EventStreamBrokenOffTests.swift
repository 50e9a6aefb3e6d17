import HTTP
import TestSupport
import Testing
import Wire

/// Streams that break off on purpose.
@Suite struct EventStreamBrokenOffTests {
  @Test func `what is sent before a cut arrives, and no end`() async throws {
    let router = Router.only(.get, "/") { _ in
      .events { stream in
        for number in 0..<3 { try await stream.send(EncodedEvent(text: "\(number)")) }
        await stream.cut()
      }
    }
    try await TestServer.run(router: router) { server in
      let (texts, isComplete, ending, farewell) = try await server.client { client in
        let reader = EventReader(client)
        try reader.ask("/")
        reader.readAll()
        return (reader.texts, reader.isComplete, reader.ending, reader.farewell)
      }
      #expect(texts == ["0", "1", "2"])
      #expect(!isComplete)
      #expect(ending == .reset || ending == .truncated, "\(String(describing: ending))")
      #expect(farewell == nil)
      #expect(server.log.lines.count { $0.contains(#""outcome":"broken-off""#) } == 1)
    }
  }

  @Test func `cutting a stream that is over does nothing`() async throws {
    let held = HeldStreams()
    let router = Router.only(.get, "/") { _ in held.response() }
    try await TestServer.run(router: router) { server in
      let reader = try await server.reading { reader in
        reader.read { $0.head != nil }
        return Unchecked(reader)
      }
      let stream = try await held.opened()[0]
      await stream.end(reason: "enough")
      await stream.cut()
      #expect(await onThread { reader.value.readBody() })
      #expect(reader.value.farewell == #"{"reason":"enough"}"#)
    }
  }
}
