import HTTP
import Synchronization
import TestSupport
import Testing
import Wire

/// Offered events wait for nobody: who takes too little is let go, and told so.
@Suite struct EventStreamSlowTests {
  /// About a thousand bytes, with its number in front.
  private static func event(_ number: Int) -> EncodedEvent {
    EncodedEvent(ServerSentEvent(id: "\(number)", text: String(repeating: "x", count: 1000)))
  }

  /// Offers events to both until the first is let go; never more at a time than the second has read of them.
  private static func offer(to slow: EventStream, _ quick: EventStream, read: @Sendable () -> Int) async -> Int {
    let resident = Resident(of: slow)
    var number = 0
    var isOpen = true
    while isOpen, number < 5000 {
      let first = number
      let (accepted, others) = await resident.run { () -> (Bool, Bool) in
        var accepted = true
        var others = true
        for number in first..<first + 8 {
          let event = event(number)
          accepted = slow.offer(event) && accepted
          others = quick.offer(event) && others
        }
        return (accepted, others)
      }
      number += 8
      isOpen = accepted && others
      let offered = number
      guard await eventually({ read() >= offered }) else { break }
    }
    return number
  }

  @Test func `who stops reading is let go with a word, and nobody else loses anything`() async throws {
    let held = HeldStreams()
    let router = Router.only(.get, "/") { _ in held.response() }
    try await TestServer.run(loops: 1, router: router, configure: EventStreamPressureTests.small) { server in
      let slow = try await server.reader("/", EventStreamPressureTests.narrow)
      _ = try await held.opened(1)
      let quick = try await server.reader()
      let streams = try await held.opened(2)
      let read = Atomic(0)
      async let quickIDs = onThread { () -> [String] in
        quick.value.read { reader in
          read.store(reader.items.count, ordering: .relaxed)
          return reader.farewell != nil
        }
        return quick.value.events.dropLast().map(\.lastEventID)
      }
      let offered = await Self.offer(to: streams[0], streams[1]) { read.load(ordering: .relaxed) }
      #expect(await eventually { held.ends == [.slow] })
      #expect(await Resident(of: streams[0]).run { !streams[0].offer(EncodedEvent(text: "too late")) })
      #expect(await streams[0].untilEnded() == .slow)
      #expect(server.counter("signalbox_evictions_total") == 1)
      await streams[1].end(reason: "enough")
      #expect(await quickIDs == (0..<offered).map(String.init))
      // Late, but not too late: what he gets has no gap and says how it ends.
      let ids = await onThread {
        slow.value.readAll()
        return slow.value.events.dropLast().map(\.lastEventID)
      }
      #expect(ids == (0..<ids.count).map(String.init))
      #expect(ids.count * 1000 >= EventStreamPressureTests.outputLimit)
      #expect(ids.count * 1000 <= EventStreamPressureTests.bound, "\(ids.count) events were under way")
      #expect(slow.value.farewell == #"{"reason":"slow"}"#)
      #expect(slow.value.isComplete)
      #expect(slow.value.ending == .goodbye)
      #expect(server.log.lines.count { $0.contains(#""outcome":"slow-reader""#) } == 1)
    }
  }

  @Test func `who never reads on is cut off and counted once`() async throws {
    let held = HeldStreams()
    let router = Router.only(.get, "/") { _ in held.response() }
    let configure: (inout ListenerConfiguration) -> Void = {
      EventStreamPressureTests.small(&$0)
      $0.deadlines.minimumRate.window = SlowClientTests.deadline
    }
    try await TestServer.run(loops: 1, router: router, configure: configure) { server in
      let slow = try await server.reader("/", EventStreamPressureTests.narrow)
      let stream = try await held.opened()[0]
      #expect(
        await Resident(of: stream).run { (0..<5000).contains { !stream.offer(Self.event($0)) } })
      #expect(await onThread { slow.value.client.isReset(within: .seconds(30)) })
      #expect(await eventually { (try? await server.server.connectionCount("test")) == 0 })
      #expect(held.ends == [.slow])
      #expect(server.counter("signalbox_evictions_total") == 1)
      #expect(server.log.lines.count { $0.contains(#""message":"request""#) } == 1)
    }
  }

  @Test func `who has nothing waiting is not slow, however large the event is`() async throws {
    let held = HeldStreams()
    let router = Router.only(.get, "/") { _ in held.response() }
    try await TestServer.run(loops: 1, router: router, configure: EventStreamPressureTests.small) { server in
      let reader = try await server.reader()
      let stream = try await held.opened()[0]
      let text = String(repeating: "snapshot ", count: EventStreamPressureTests.outputLimit)
      #expect(await Resident(of: stream).run { stream.offer(EncodedEvent(text: text)) })
      await onThread { _ = reader.value.read { !$0.items.isEmpty } }
      let isWhole = reader.value.texts == [text]
      #expect(isWhole)
      #expect(held.ends.isEmpty)
    }
  }
}
