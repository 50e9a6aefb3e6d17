import HTTP
import TestSupport
import Testing
import Wire

/// A server that goes away takes its streams along politely: each is told, ends properly, and holds nothing up.
@Suite struct EventStreamStopTests {
  private static let grace = Duration.seconds(60)
  /// Far below the grace, and far above what a stop takes.
  private static let soon = Duration.seconds(30)

  @Test func `open streams are told and end before the grace does`() async throws {
    let held = HeldStreams()
    let router = Router.only(.get, "/") { _ in held.response() }
    try await TestServer.run(loops: 2, router: router) { server async throws in
      async let readers = withThrowingTaskGroup(of: Unchecked<EventReader>.self) { group in
        for _ in 0..<8 {
          group.addTask {
            try await server.reading { reader in
              reader.readAll()
              reader.client.disconnect()
              return Unchecked(reader)
            }
          }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      for stream in try await held.opened(8) { try await stream.send(EncodedEvent(text: "one")) }
      let begin = ContinuousClock.now
      await server.server.stop(grace: Self.grace)
      #expect(.now - begin < Self.soon)
      for reader in try await readers {
        #expect(reader.value.texts == ["one"])
        #expect(reader.value.farewell == #"{"reason":"draining"}"#)
        #expect(reader.value.isComplete)
        #expect(reader.value.fault == nil)
        #expect(reader.value.ending == .goodbye)
      }
      #expect(await eventually { held.ends == [EventStreamEnd](repeating: .draining, count: 8) })
      #expect(held.cancelled == 8)
      let lines = server.log.lines.filter { $0.contains(#""message":"request""#) }
      #expect(lines.count == 8)
      #expect(!server.log.lines.contains { $0.contains(#""level":"error""#) })
    }
  }

  @Test func `a stream that begins during a stop ends with it`() async throws {
    let held = HeldStreams()
    let gate = Gate()
    let router = Router.only(.get, "/") { _ in
      await gate.pass()
      return held.response()
    }
    try await TestServer.run(loops: 1, router: router) { server async throws in
      async let reading = server.reading { reader in
        reader.readAll()
        reader.client.disconnect()
        return Unchecked(reader)
      }
      #expect(await eventually { gate.arrived == 1 })
      let begin = ContinuousClock.now
      async let stopped: Void = server.server.stop(grace: Self.grace)
      // Its listener is closed once the stop has reached the loop.
      let port = server.port
      #expect(await eventually { await onThread { (try? TCPClient(port: port)) == nil } })
      gate.open()
      let reader = try await reading
      await stopped
      #expect(.now - begin < Self.soon)
      #expect(reader.value.head?.status == .ok)
      #expect(reader.value.farewell == #"{"reason":"draining"}"#)
      #expect(reader.value.isComplete)
      #expect(reader.value.ending == .goodbye)
    }
  }

  @Test func `a client that reads late has the farewell behind everything that was sent`() async throws {
    let held = HeldStreams()
    let router = Router.only(.get, "/") { _ in
      .events { stream in
        try await held.hold(stream) { stream in
          var number = 0
          while true {
            try await stream.send(EventStreamPressureTests.event(number))
            number += 1
          }
        }
      }
    }
    try await TestServer.run(loops: 1, router: router, configure: EventStreamPressureTests.small) { server in
      let reader = try await server.reader("/", EventStreamPressureTests.narrow)
      async let stopped: Void = server.server.stop(grace: Self.grace)
      #expect(await eventually { held.ends == [.draining] })
      await onThread {
        reader.value.readAll()
        reader.value.client.disconnect()
      }
      await stopped
      let ids = reader.value.events.dropLast().map(\.lastEventID)
      #expect(ids == (0..<ids.count).map(String.init))
      #expect(reader.value.farewell == #"{"reason":"draining"}"#)
      #expect(reader.value.isComplete)
      #expect(reader.value.ending == .goodbye)
    }
  }
}
