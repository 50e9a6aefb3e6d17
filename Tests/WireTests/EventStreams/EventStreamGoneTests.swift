import HTTP
import Synchronization
import TestSupport
import Testing
import Wire

/// A client that goes away, in every way and at every stage of a stream: its handler hears of it, and nothing stays.
@Suite struct EventStreamGoneTests {
  enum Stage: CaseIterable {
    /// The handler has not answered yet.
    case beforeHead
    /// Everything sent is read.
    case idle
    /// The handler waits for room.
    case blocked
    /// A part of an event is read, and the rest is on its way.
    case midEvent
  }

  private static func router(_ held: HeldStreams, _ gate: Gate, cancelled: Signal) -> Router {
    var router = Router()
    router.addLoopClock()
    router.on(.get, "/beforeHead") { _ in
      await withTaskCancellationHandler {
        await gate.pass()
      } onCancel: {
        cancelled.send()
      }
      return held.response()
    }
    router.on(.get, "/idle") { _ in
      .events { stream in
        try await held.hold(stream) { try await $0.send(EncodedEvent(text: "one")) }
      }
    }
    router.on(.get, "/blocked") { _ in
      .events { stream in
        try await held.hold(stream) { stream in
          while true { try await stream.send(EncodedEvent(text: String(repeating: "x", count: 1000))) }
        }
      }
    }
    router.on(.get, "/midEvent") { _ in
      .events { stream in
        try await held.hold(stream) {
          try await $0.send(EncodedEvent(text: String(repeating: "x", count: 1 << 20)))
        }
      }
    }
    return router
  }

  @Test(arguments: Stage.allCases, Leaving.allCases)
  func `a client may leave at any time`(_ stage: Stage, _ leaving: Leaving) async throws {
    let held = HeldStreams()
    let gate = Gate()
    let cancelled = Signal()
    try await TestServer.run(
      loops: 1, router: Self.router(held, gate, cancelled: cancelled), configure: EventStreamPressureTests.small
    ) { server in
      let clock = try await server.loopClock()
      let reader = try await server.client(EventStreamPressureTests.narrow) { Unchecked(EventReader($0)) }
      let client = reader.value.client
      var accepted = AcceptedSockets()
      await accepted.remember(peerOf: client.descriptor, port: server.port)
      try await onThread { try reader.value.ask("/\(stage)") }
      switch stage {
      case .beforeHead: #expect(await eventually { gate.arrived == 1 })
      case .idle: #expect(await onThread { reader.value.read { $0.items.count == 1 } })
      case .blocked: #expect(await onThread { reader.value.read { $0.items.count >= 20 } })
      case .midEvent:
        #expect(await onThread { reader.value.read { $0.head != nil } })
        #expect(await onThread { reader.value.readRecord() && reader.value.items.isEmpty })
      }
      let box = Unchecked(client)
      await onThread { leaving.leave(box.value) }
      if stage == .beforeHead {
        #expect(await clock.used(during: .milliseconds(150)) < .milliseconds(20), "while the client has left")
        gate.open()
      } else {
        #expect(await eventually { held.ends == [.peerGone] }, "\(held.ends)")
        #expect(held.cancelled == 1)
      }
      #expect(await eventually { (try? await server.server.connectionCount("test")) == 0 })
      #expect(accepted.count == 1)
      #expect(await eventually { accepted.openCount == 0 })
      // A handler that answers somebody who is known to have gone is not begun.
      #expect(held.ends.allSatisfy { $0 == .peerGone })
      let lines = server.log.lines.filter { $0.contains(#""message":"request""#) && $0.contains("/\(stage)") }
      #expect(lines.count == 1)
      #expect(lines.allSatisfy { $0.contains(#""outcome":"client-gone""#) }, "\(lines)")
      #expect(!server.log.lines.contains { $0.contains(#""level":"error""#) })
      #expect(await clock.used(during: .milliseconds(150)) < .milliseconds(20), "when all is over")
    }
  }

  @Test func `whoever sends or offers behind the end is told`() async throws {
    let held = HeldStreams()
    let router = Router.only(.get, "/") { _ in held.response() }
    try await TestServer.run(router: router) { server in
      let reader = try await server.reader()
      let stream = try await held.opened()[0]
      reader.value.client.resetConnection()
      #expect(await eventually { held.ends == [.peerGone] })
      await #expect(throws: WireError.self) { try await stream.send(EncodedEvent(text: "too late")) }
      #expect(await Resident(of: stream).run { !stream.offer(EncodedEvent(text: "too late")) })
      #expect(await stream.untilEnded() == .peerGone)
      await stream.end(reason: "nobody hears")
      #expect(await stream.untilEnded() == .peerGone)
    }
  }

  @Test func `the other streams of the loop go on`() async throws {
    let held = HeldStreams()
    let router = Router.only(.get, "/") { _ in held.response() }
    try await TestServer.run(loops: 1, router: router) { server in
      let stays = try await server.reader()
      let stream = try await held.opened()[0]
      for leaving in Leaving.allCases {
        let leaver = try await server.reader()
        let box = Unchecked(leaver.value.client)
        await onThread { leaving.leave(box.value) }
        try await stream.send(EncodedEvent(text: "\(leaving)"))
      }
      #expect(await eventually { held.ends.count == Leaving.allCases.count })
      await onThread { _ = stays.value.read { $0.items.count == Leaving.allCases.count } }
      #expect(stays.value.texts == Leaving.allCases.map { "\($0)" })
    }
  }
}

/// A client whose line is cut without a word.
@Suite struct EventStreamSilenceTests {
  private static func options(_ heartbeat: Duration, _ silence: Duration) -> EventStreamOptions {
    var options = EventStreamOptions()
    options.heartbeat = heartbeat
    options.silence = silence
    return options
  }

  @Test func `a line that acknowledges nothing is cut, and the others go on`() async throws {
    let held = HeldStreams()
    let (heartbeat, silence) = (Duration.milliseconds(200), Duration.milliseconds(600))
    let router = Router.only(.get, "/") { _ in held.response(Self.options(heartbeat, silence)) }
    try await TestServer.run(loops: 1, router: router) { server in
      let gone = try await server.reader()
      let here = try await server.reader()
      _ = try await held.opened(2)
      #expect(await onThread { gone.value.read { $0.commentCount > 0 } })
      gone.value.client.fallSilent()
      let start = ContinuousClock.now
      #expect(await eventually { held.ends == [.peerGone] }, "\(held.ends)")
      let took = start.duration(to: .now)
      #expect(took >= silence, "\(took)")
      #expect(server.log.lines.contains { $0.contains("line went silent") })
      // Long enough for the other to be taken for dead, were it not there.
      let count = here.value.commentCount
      #expect(await onThread { here.value.read { $0.commentCount > count + 6 } })
      #expect(held.ends.count == 1)
    }
  }

  @Test func `events that flow do not hide a dead line`() async throws {
    let held = HeldStreams()
    let router = Router.only(.get, "/") { _ in held.response(Self.options(.milliseconds(300), .milliseconds(600))) }
    try await TestServer.run(loops: 1, router: router) { server in
      let gone = try await server.reader()
      let stream = try await held.opened()[0]
      gone.value.client.fallSilent()
      // More often than heartbeats, and never enough to fill anything.
      let isGone = await eventually {
        try? await stream.send(EncodedEvent(text: "tick"))
        await onThread { _ = Readiness.wait(-1, for: [], atMost: .milliseconds(50)) }
        return held.ends == [.peerGone]
      }
      #expect(isGone)
    }
  }

  @Test func `whoever is there and does not read is not taken for gone`() async throws {
    let held = HeldStreams()
    let router = Router.only(.get, "/") { _ in held.response(Self.options(.milliseconds(50), .milliseconds(100))) }
    try await TestServer.run(loops: 1, router: router) { server in
      let reader = try await server.reader()
      _ = try await held.opened()
      await onThread { _ = Readiness.wait(-1, for: [], atMost: .seconds(2)) }
      #expect(held.ends.isEmpty)
      #expect(await onThread { reader.value.read { $0.commentCount > 20 } })
    }
  }
}
