import HTTP
import TestSupport
import Testing
import Wire

/// Pings of the client, and the server's own.
@Suite struct WebSocketPingTests {
  private func pongs(to pings: [[UInt8]], inRecordsOf size: Int = .max) async throws -> [WebSocketFrame] {
    try await TestServer.run(router: .webSocketEcho()) { server in
      try await server.peer { peer in
        let bytes = pings.flatMap { WebSocketFrame(.ping, $0).bytes }
        try peer.send(bytes, inRecordsOf: min(size, bytes.count))
        return try pings.map { _ in try peer.receiveFrame() }
      }
    }
  }

  @Test func `ten pings in one record are all answered, in order`() async throws {
    let pings = (0..<10).map { [UInt8](repeating: UInt8($0), count: $0) }
    let pongs = try await pongs(to: pings)
    #expect(pongs.map(\.payload) == pings)
    #expect(pongs.allSatisfy { $0.opcode == .pong })
  }

  @Test func `a ping may have 125 bytes`() async throws {
    let payload = [UInt8](repeating: 0xfe, count: 125)
    #expect(try await pongs(to: [payload]).map(\.payload) == [payload])
    #expect(try await pongs(to: [payload], inRecordsOf: 1).map(\.payload) == [payload])
  }

  @Test func `what comes behind a ping is answered behind it`() async throws {
    try await TestServer.run(router: .webSocketEcho()) { server in
      let frames = try await server.peer { peer in
        let bytes = (0..<50).flatMap { number -> [UInt8] in
          WebSocketFrame(.ping, [number]).bytes + WebSocketFrame(.binary, [number]).bytes
        }
        try peer.send(bytes)
        return try (0..<100).map { _ in try peer.receiveFrame() }
      }
      #expect(frames.filter { $0.opcode == .pong }.flatMap(\.payload) == Array(0..<50))
      #expect(frames.filter { $0.opcode == .binary }.flatMap(\.payload) == Array(0..<50))
      // A pong never comes behind the echo of what was sent after its ping.
      var seen: UInt8 = 0
      for frame in frames where frame.opcode == .pong || frame.opcode == .binary {
        if frame.opcode == .pong { seen = frame.payload[0] } else { #expect(frame.payload[0] <= seen) }
      }
    }
  }

  @Test func `a client that pings and does not read is slowed down and loses nothing`() async throws {
    let packs = 1_000_000
    @Sendable func ping(_ number: UInt8, of pack: Int) -> [UInt8] {
      [UInt8(pack & 0xff), number] + [UInt8](repeating: 7, count: 123)
    }
    try await TestServer.run(
      router: .webSocketEcho(), configure: { $0.deadlines.minimumRate.window = .seconds(60) },
      { server in
        let seen = try await server.peer(WebSocketHandshake(), .narrow) { peer in
          let sent = try peer.client.flood(atMost: packs) { pack in
            (0..<64).flatMap { WebSocketFrame(.ping, ping($0, of: pack)).bytes }
          }
          for pack in 0..<sent {
            for number: UInt8 in 0..<64 where try peer.receivePong() != ping(number, of: pack) { return (sent, false) }
          }
          return (sent, true)
        }
        #expect(seen.0 < packs)
        #expect(seen.1)
      })
  }
}

extension WebSocketPeer {
  /// The next pong. The server's own pings may come between: it asks a client that it cannot hear.
  fileprivate func receivePong() throws -> [UInt8] {
    while true {
      let frame = try receiveFrame()
      if frame.opcode != .ping { return frame.opcode == .pong ? frame.payload : [] }
    }
  }
}
