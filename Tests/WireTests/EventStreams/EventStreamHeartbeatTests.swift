import HTTP
import TestSupport
import Testing
import Wire

/// Signs of life.
@Suite struct EventStreamHeartbeatTests {
  private static func every(_ heartbeat: Duration) -> EventStreamOptions {
    var options = EventStreamOptions()
    options.heartbeat = heartbeat
    return options
  }

  @Test(arguments: ["1.0", "1.1"])
  func `a silent stream has a comment after each silence`(_ version: String) async throws {
    let heartbeat = Duration.milliseconds(60)
    let held = HeldStreams()
    let router = Router.only(.get, "/") { _ in held.response(Self.every(heartbeat)) }
    try await TestServer.run(router: router) { server in
      let (took, items, fault) = try await server.client { client in
        let reader = EventReader(client)
        let start = ContinuousClock.now
        try reader.ask("/", version: version)
        reader.read { $0.items.count >= 3 }
        return (start.duration(to: .now), reader.items, reader.fault)
      }
      #expect(items == [.comment, .comment, .comment])
      #expect(took >= heartbeat * 3, "took \(took)")
      #expect(fault == nil)
    }
  }

  @Test func `where events flow there is no comment`() async throws {
    let heartbeat = Duration.milliseconds(300)
    let held = HeldStreams()
    let router = Router.only(.get, "/") { _ in held.response(Self.every(heartbeat)) }
    try await TestServer.run(router: router) { server in
      let clock = ContinuousClock()
      // Of whatever came last: the stream is not older than this.
      var last = clock.now
      let reader = try await server.reader()
      let stream = try await held.opened()[0]
      let resident = Resident(of: stream)
      let end = clock.now + heartbeat * 4
      var longestSilence = Duration.zero
      var isOffered = false
      while clock.now < end {
        // Half of them are sent, half offered.
        isOffered.toggle()
        if isOffered {
          await resident.run { _ = stream.offer(EncodedEvent(text: "tick")) }
        } else {
          try await stream.send(EncodedEvent(text: "tick"))
        }
        longestSilence = max(longestSilence, clock.now - last)
        last = clock.now
        await onThread { _ = Readiness.wait(-1, for: [], atMost: .milliseconds(20)) }
      }
      await stream.end()
      longestSilence = max(longestSilence, clock.now - last)
      await onThread { _ = reader.value.readBody() }
      #expect(reader.value.events.count >= 2)
      // A machine that stood still for so long has made a silence of its own.
      #expect(reader.value.commentCount == 0 || longestSilence > heartbeat / 2, "\(longestSilence) of silence")
    }
  }

  @Test func `comments do not pile up before a client that does not read`() async throws {
    let heartbeat = Duration.milliseconds(10)
    let held = HeldStreams()
    let router = Router.only(.get, "/") { _ in held.response(Self.every(heartbeat)) }
    try await TestServer.run(loops: 1, router: router, configure: EventStreamPressureTests.small) { server in
      let reader = try await server.reader("/", EventStreamPressureTests.narrow)
      let stream = try await held.opened()[0]
      let large = EncodedEvent(text: String(repeating: "x", count: 1 << 19))
      async let sent: Void? = try? stream.send(large)
      // Long enough for many, had he read.
      await onThread { _ = Readiness.wait(-1, for: [], atMost: heartbeat * 40) }
      // What waits now is what he gets.
      await stream.end(reason: "done")
      await onThread { _ = reader.value.readBody() }
      _ = await sent
      #expect(reader.value.items.drop { $0 == .comment }.count == 2)
      #expect(reader.value.farewell == #"{"reason":"done"}"#)
      #expect(reader.value.isComplete)
    }
  }
}
