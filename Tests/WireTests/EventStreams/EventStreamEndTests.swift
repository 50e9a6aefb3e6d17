import HTTP
import Synchronization
import TestSupport
import Testing
import Wire

/// How a stream ends from our side. The client always gets the whole of it and, if there is something to say, a last word.
@Suite struct EventStreamEndTests {
  private struct Secretive: Error, CustomStringConvertible {
    let description = "the password is hunter2"
  }

  /// Reads the stream at `/` to its end, and the page at `/next` on the same connection.
  private static func stream(
    _ produce: @escaping @Sendable (EventStream) async throws -> Void,
    _ check: (EventReader, _ next: String?, TestServer) async throws -> Void
  ) async throws {
    var router = Router.only(.get, "/") { _ in .events { try await produce($0) } }
    router.on(.get, "/next") { _ in .text("the next answer") }
    try await TestServer.run(router: router) { server in
      let (reader, next) = try await server.reading { reader in
        reader.readBody()
        return (Unchecked(reader), try reader.client.get("/next")?.text)
      }
      #expect(reader.value.isComplete)
      #expect(reader.value.fault == nil)
      try await check(reader.value, next, server)
    }
  }

  @Test func `a handler that returns ends it without a word, and the connection goes on`() async throws {
    try await Self.stream {
      try await $0.send(EncodedEvent(text: "one"))
    } _: { reader, next, server in
      #expect(reader.items == [.event(ReceivedEvent(data: Array("one".utf8)))])
      #expect(next == "the next answer")
      let lines = server.log.lines.filter { $0.contains(#""message":"request""#) }
      #expect(lines.count == 2)
      #expect(!lines.contains { $0.contains("outcome") })
    }
  }

  @Test func `a handler's last word is sent`() async throws {
    let ends = Mutex<[EventStreamEnd]>([])
    let refused = Atomic(0)
    try await Self.stream { stream in
      try await stream.send(EncodedEvent(text: "one"))
      await stream.end(reason: "say \"done\"\n")
      // The first end is the one that counts.
      await stream.end(reason: "again")
      do {
        try await stream.send(EncodedEvent(text: "too late"))
      } catch is WireError {
        refused.add(1, ordering: .relaxed)
      }
      let end = await stream.untilEnded()
      ends.withLock { $0.append(end) }
    } _: { reader, next, server in
      #expect(reader.texts == ["one"])
      #expect(reader.events.count == 2)
      #expect(reader.farewell == #"{"reason":"say \"done\"\n"}"#)
      #expect(next == "the next answer")
      #expect(await eventually { ends.withLock { $0 } == [.ended(reason: "say \"done\"\n")] })
      #expect(refused.load(ordering: .relaxed) == 1)
      #expect(!server.log.lines.contains { $0.contains(#""level":"error""#) })
    }
  }

  @Test func `a handler that ends it without a reason sends no word`() async throws {
    try await Self.stream { stream in
      try await stream.send(EncodedEvent(text: "one"))
      await stream.end()
    } _: { reader, next, _ in
      #expect(reader.items == [.event(ReceivedEvent(data: Array("one".utf8)))])
      #expect(next == "the next answer")
    }
  }

  @Test func `a handler that fails tells the log why and the client nothing of it`() async throws {
    try await Self.stream { stream in
      try await stream.send(EncodedEvent(text: "one"))
      throw Secretive()
    } _: { reader, next, server in
      #expect(reader.texts == ["one"])
      #expect(reader.events.count == 2)
      #expect(reader.farewell == #"{"reason":"failed"}"#)
      #expect(next == "the next answer")
      let errors = server.log.lines.filter { $0.contains(#""level":"error""#) }
      #expect(errors.count == 1)
      let id = try #require(reader.head?.fields["x-request-id"])
      for part in ["handler failed", "hunter2", id, #""route":"/""#] {
        #expect(errors.first?.contains(part) == true, "\(part)")
      }
    }
  }

  @Test func `requests sent ahead are answered behind the stream`() async throws {
    var router = Router.only(.get, "/") { _ in .events { try await $0.send(EncodedEvent(text: "one")) } }
    router.on(.get, "/next") { _ in .text("the next answer") }
    try await TestServer.run(router: router) { server in
      let answers = try await server.client { client in
        let both = ["/", "/next", "/"].map { "GET \($0) HTTP/1.1\r\nHost: localhost\r\n\r\n" }.joined()
        try client.send(both)
        return (0..<3).map { _ in client.answer()?.text }
      }
      #expect(answers == ["data: one\n\n", "the next answer", "data: one\n\n"])
    }
  }

  @Test func `many streams follow each other on one connection`() async throws {
    let held = HeldStreams()
    let router = Router.only(.get, "/") { _ in held.response() }
    try await TestServer.run(loops: 1, router: router) { server in
      let client = try await server.client { Unchecked($0) }
      for number in 1...20 {
        let reader = Unchecked(EventReader(client.value))
        try await onThread { try reader.value.ask("/") }
        let stream = try await held.opened(number)[number - 1]
        // A stream that is over does not reach into the next one.
        if number > 1 {
          let past = held.streams[number - 2]
          await #expect(throws: WireError.self) { try await past.send(EncodedEvent(text: "late")) }
          #expect(await Resident(of: past).run { !past.offer(EncodedEvent(text: "late")) })
          await past.end(reason: "late")
        }
        try await stream.send(EncodedEvent(text: "\(number)"))
        await stream.end(reason: "next")
        #expect(await onThread { reader.value.readBody() })
        #expect(reader.value.texts == ["\(number)"])
      }
      #expect(await eventually { held.ends.count == 20 })
      #expect(held.ends.allSatisfy { $0 == .ended(reason: "next") })
    }
  }
}
