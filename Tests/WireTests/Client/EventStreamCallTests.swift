import HTTP
import TestSupport
import Testing
import Wire

/// Event streams as they come over a connection.
@Suite struct EventStreamCallTests {
  private static let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\n"
  private static let text =
    "retry: 1500\n: heartbeat\n\nid: 1\nevent: tick\ndata: one\n\n:\n\ndata: two\ndata: lines\n\n"

  private static let expected = [
    ReceivedEvent(type: "tick", lastEventID: "1", data: Array("one".utf8)),
    ReceivedEvent(type: "message", lastEventID: "1", data: Array("two\nlines".utf8)),
  ]

  /// Every event until the end.
  private static func events(_ calls: Calls, _ port: Int) async throws -> ([ReceivedEvent], retry: Int?) {
    let stream = try await calls.get(port).events()
    var events: [ReceivedEvent] = []
    while let event = try await stream.next() { events.append(event) }
    return (events, stream.retryMilliseconds)
  }

  @Test(arguments: [1, 2, 3, 5, 8, 13, 100])
  func `events are the same wherever their bytes are split`(_ size: Int) async throws {
    let script: @Sendable (TLSServer.Connection) throws -> Void = { connection in
      try connection.shakeHands()
      try connection.receiveHead()
      try connection.send(Self.head + "Transfer-Encoding: chunked\r\n\r\n")
      let bytes = Array(Self.text.utf8)
      for start in stride(from: 0, to: bytes.count, by: size) {
        let piece = bytes[start..<min(start + size, bytes.count)]
        try connection.send(Array((String(piece.count, radix: 16) + "\r\n").utf8) + piece + [13, 10])
      }
      try connection.send("0\r\n\r\n")
    }
    try await TLSServer.run(scripts: [script]) { server in
      try await Calls.run { calls in
        let (events, retry) = try await Self.events(calls, server.port)
        #expect(events == Self.expected)
        #expect(retry == 1500)
      }
    }
  }

  @Test func `each event is given out as it comes, and heartbeats keep the stream alive`() async throws {
    let taken = Signal()
    let script: @Sendable (TLSServer.Connection) throws -> Void = { connection in
      try connection.shakeHands()
      try connection.receiveHead()
      try connection.send(Self.head + "\r\ndata: first\n\n")
      _ = taken.block()
      let nothing = Signal()
      // Longer in all than the client's patience, and each silence far shorter.
      for _ in 0..<22 {
        _ = nothing.block(seconds: 0, milliseconds: 500)
        try connection.send(": alive\n\n")
      }
      try connection.send("data: second\n\n")
      connection.sendCloseNotify()
    }
    try await TLSServer.run(scripts: [script]) { server in
      try await Calls.run(configure: { $0.deadlines.idle = .seconds(10) }) { calls in
        let stream = try await calls.get(server.port).events()
        let first = try await stream.next()
        #expect(first?.data == Array("first".utf8))
        taken.send()
        let second = try await stream.next()
        #expect(second?.data == Array("second".utf8))
        let end = try await stream.next()
        #expect(end == nil)
      }
    }
  }

  @Test func `a stream that is cut off throws after its last event`() async throws {
    let script: @Sendable (TLSServer.Connection) throws -> Void = { connection in
      try connection.shakeHands()
      try connection.receiveHead()
      try connection.send(Self.head + "\r\ndata: whole\n\ndata: ha")
      connection.finishSending()
      _ = connection.receiveEnd()
    }
    try await TLSServer.run(scripts: [script]) { server in
      try await Calls.run { calls in
        let stream = try await calls.get(server.port).events()
        let first = try await stream.next()
        #expect(first?.data == Array("whole".utf8))
        let error = await #expect(throws: ClientError.self) { try await stream.next() }
        #expect(error?.reason == .brokenOff("the server closed it in the middle of its answer's body"))
      }
    }
  }

  @Test(arguments: [
    ("503 Service Unavailable\r\nContent-Type: text/event-stream", "status 503"),
    ("200 OK\r\nContent-Type: application/json", "the content type \"application/json\""),
    ("200 OK", "no content type"),
  ])
  func `an answer that is no event stream is refused and quoted`(_ head: String, _ part: String) async throws {
    let script: @Sendable (TLSServer.Connection) throws -> Void = { connection in
      try connection.shakeHands()
      try connection.receiveHead()
      try connection.send("HTTP/1.1 \(head)\r\nContent-Length: 1000\r\n\r\nsorry, not\u{1b} now")
      _ = connection.receiveEnd()
    }
    try await TLSServer.run(scripts: [script]) { server in
      try await Calls.run { calls in
        let response = try await calls.get(server.port)
        let error = await #expect(throws: ClientError.self) { _ = try await response.events() }
        let text = error?.description ?? ""
        #expect(text.contains(part) && text.contains("\"sorry, not. now\""), "\(text)")
        let isOver = await server.finish()
        #expect(isOver)
      }
    }
  }

  @Test func `a line without an end is refused at its limit`() async throws {
    let script: @Sendable (TLSServer.Connection) throws -> Void = { connection in
      try connection.shakeHands()
      try connection.receiveHead()
      try connection.send(Self.head + "\r\n")
      while true { try connection.send([UInt8](repeating: 120, count: 16_384)) }
    }
    try await TLSServer.run(scripts: [script]) { server in
      try await Calls.run { calls in
        let stream = try await calls.get(server.port).events()
        let error = await #expect(throws: ClientError.self) { try await stream.next() }
        guard case .eventStream? = error?.reason else {
          Issue.record("\(error as Any)")
          return
        }
        let isOver = await server.finish()
        #expect(isOver)
      }
    }
  }
}
