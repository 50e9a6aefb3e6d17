import HTTP
import Synchronization
import TestSupport
import Testing
import Wire

/// A writer that waits for its reader: `send` returns when there is room.
@Suite struct EventStreamPressureTests {
  static let outputLimit = 32 << 10
  static let sendBuffer = 16 << 10
  /// What may be under way to a reader that does not read: our queue, the kernel's send buffer (which it doubles), and what
  /// loopback leaves with the receiver, whatever small buffer that asked for.
  static let bound = outputLimit + 2 * sendBuffer + (64 << 10)

  static let narrow: TLSClient.Options = {
    var options = TLSClient.Options()
    options.receiveBuffer = 4096
    return options
  }()

  static func small(_ configuration: inout ListenerConfiguration) {
    configuration.outputLimit = outputLimit
    configuration.sendBuffer = sendBuffer
    // Who stops reading here goes on before his time is up, however slow the machine is.
    configuration.deadlines.minimumRate.window = .seconds(120)
  }

  /// Events of all lengths, each with its number in front.
  static func event(_ number: Int) -> ServerSentEvent {
    ServerSentEvent(id: "\(number)", text: "\(number) " + String(repeating: "x", count: number * 7919 % 1500))
  }

  @Test func `a writer waits for a reader that stops, and nothing is lost when he goes on`() async throws {
    let count = 2000
    let sentBytes = Atomic(0)
    let router = Router.only(.get, "/") { _ in
      .events { stream in
        for number in 0..<count {
          let event = Self.event(number)
          try await stream.send(event)
          sentBytes.add(event.data.count, ordering: .relaxed)
        }
      }
    }
    try await TestServer.run(loops: 1, router: router, configure: Self.small) { server in
      let (early, ids, isComplete) = try await server.reading("/", Self.narrow) { reader in
        reader.readRecord()
        // It has stopped when nothing was added over a while.
        var early = -1
        while early != sentBytes.load(ordering: .relaxed) {
          early = sentBytes.load(ordering: .relaxed)
          _ = Signal().block(seconds: 0, milliseconds: 200)
        }
        reader.readBody()
        return (early, reader.events.map(\.lastEventID), reader.isComplete)
      }
      #expect(early >= Self.outputLimit, "\(early) bytes went out before the writer had to wait")
      #expect(early <= Self.bound, "\(early) bytes went out before the writer had to wait")
      #expect(ids == (0..<count).map(String.init))
      #expect(isComplete)
      #expect(server.counter("signalbox_evictions_total") == 0)
    }
  }

  @Test func `a reader that takes little at a time gets everything in order`() async throws {
    let count = 400
    let router = Router.only(.get, "/") { _ in
      .events { stream in
        for number in 0..<count { try await stream.send(Self.event(number)) }
      }
    }
    try await TestServer.run(loops: 1, router: router, configure: Self.small) { server in
      let (events, isComplete) = try await server.reading("/", Self.narrow) { reader in
        reader.read { reader in
          // A pause that ends at once if the server hangs up.
          _ = Readiness.wait(reader.client.descriptor, for: [], atMost: .milliseconds(2))
          return reader.isComplete
        }
        return (reader.events, reader.isComplete)
      }
      let isWhole = events == (0..<count).map { ReceivedEvent(lastEventID: "\($0)", data: Self.event($0).data) }
      #expect(isWhole)
      #expect(isComplete)
    }
  }

  @Test func `a writer that waits for room is told when the stream ends`() async throws {
    let held = HeldStreams()
    let router = Router.only(.get, "/") { _ in
      .events { stream in
        try await held.hold(stream) { stream in
          while true { try await stream.send(EncodedEvent(text: String(repeating: "x", count: 1000))) }
        }
      }
    }
    try await TestServer.run(loops: 1, router: router, configure: Self.small) { server in
      let reader = try await server.reader("/", Self.narrow)
      let stream = try await held.opened()[0]
      // Refused as soon as the queue is full.
      let resident = Resident(of: stream)
      #expect(await eventually { await resident.run { !stream.offer(EncodedEvent(text: "one more")) } })
      #expect(await eventually { held.ends == [.slow] })
      reader.value.client.disconnect()
    }
  }
}
