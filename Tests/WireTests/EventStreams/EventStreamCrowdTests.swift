import HTTP
import TestSupport
import Testing
import Wire

/// Thousands of streams at once.
@Suite struct EventStreamCrowdTests {
  private static let readers = 2000
  private static let topics = ["red", "green", "blue", "grey"]
  private static let events = 50

  /// Runs `body` for each share of the crowd on a thread of its own. Few threads: it is the server that is to be busy.
  private static func inShares<Value: Sendable>(
    _ body: @escaping @Sendable (_ share: Int) throws -> Value
  ) async throws -> [Value] {
    try await withThrowingTaskGroup(of: (Int, Value).self) { group in
      for share in 0..<topics.count { group.addTask { (share, try await onThread { try body(share) }) } }
      return try await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }.map(\.1)
    }
  }

  @Test func `two thousand streams all get their topic's events in order and no others`() async throws {
    let hubs = TopicHubs()
    let crowd = try StreamCrowd()
    let configure: (inout ListenerConfiguration) -> Void = { $0.limits.perAddress = Self.readers }
    try await TestServer.run(loops: 2, router: hubs.router, configure: configure) { server in
      let port = server.port
      // The first ones find out what is made once.
      _ = try await onThread { _ = try crowd.join(port: port, path: "/nobody").receive() }
      #expect(await eventually { (try? await server.server.connectionCount("test")) == 0 })
      let before = ProcessFacts.residentBytes
      let shares = try await Self.inShares { share in
        let path = "/" + Self.topics[share]
        return Unchecked(
          try (0..<Self.readers / Self.topics.count).map { _ in try crowd.join(port: port, path: path) })
      }
      #expect(await eventually { await hubs.count() == Self.readers })
      let perStream = (ProcessFacts.residentBytes - before) / Self.readers
      print("event streams: \(perStream) bytes of memory for each, its client in the same process included")
      // Alone it is about 40 KiB. What tests that run at the same time take is counted with it.
      #expect(perStream < 256 << 10)
      for number in 0..<Self.events {
        for topic in Self.topics { await hubs.publish("\(topic) event \(number)", id: number, to: topic) }
      }
      #expect(await hubs.refused() == 0)
      async let stopped: Void = server.server.stop(grace: .seconds(120))
      let wrong = try await Self.inShares { share in try Self.wrong(of: shares[share].value, topic: Self.topics[share])
      }
      await stopped
      #expect(wrong.flatMap { $0 } == [])
      #expect(server.counter("signalbox_evictions_total") == 0)
      #expect(await eventually { await hubs.count() == 0 })
    }
  }

  /// What readers have received that they should not have, or not received.
  private static func wrong(of readers: [StreamReader], topic: String) throws -> [String] {
    let expected =
      (0..<events).map {
        ReceivedEvent(type: topic, lastEventID: "\($0)", data: Array("\(topic) event \($0)".utf8))
      }
      + [
        ReceivedEvent(type: "bye", lastEventID: "\(events - 1)", data: Array(#"{"reason":"draining"}"#.utf8))
      ]
    return try readers.enumerated().compactMap { index, reader in
      let (received, isComplete) = try reader.receiveAll()
      reader.disconnect()
      if received == expected, isComplete { return nil }
      return "\(topic) \(index): \(received.count) events, \(isComplete ? "complete" : "broken off")"
    }
  }
}
