import TestSupport
import Testing
import Wire

/// The end of a connection from our side: the last answer arrives whatever the client is still sending, and a client that does not
/// leave is shown out.
@Suite struct GoodbyeTests {
  private static let tooMuch = "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10000000\r\n\r\n"

  @Test func `a refusal reaches a client that is still sending`() async throws {
    try await TestServer.run { server in
      let (answer, rest) = try await server.client { client in
        try client.send(Self.tooMuch)
        let piece = [UInt8](repeating: 97, count: 1 << 16)
        for _ in 0..<32 { try client.send(piece) }
        return (client.answer(), client.receiveAll())
      }
      #expect(answer?.status == 413)
      #expect(rest.ending == .goodbye)
      #expect(rest.bytes.isEmpty)
    }
  }

  @Test func `who sends on for ever after a refusal is cut off`() async throws {
    try await TestServer.run { server in
      let pieces = try await server.client { client in
        try client.send(Self.tooMuch)
        let piece = [UInt8](repeating: 97, count: 1 << 16)
        var pieces = 0
        while pieces < 1024, (try? client.send(piece)) != nil { pieces += 1 }
        return pieces
      }
      #expect(pieces >= 64 && pieces < 1024, "\(pieces) pieces of 64 KiB")
      #expect(await eventually { (try? await server.server.connectionCount("test")) == 0 })
    }
  }

  @Test func `who stays after goodbye is shown out`() async throws {
    try await TestServer.run(configure: { $0.deadlines.linger = SlowClientTests.deadline }) { server in
      let client = try await server.client { client in
        guard try client.get("/", "Connection: close")?.status == 200 else {
          throw TLSClient.Failure(description: "not served")
        }
        return Unchecked(client)
      }
      #expect(
        await eventually(within: SlowClientTests.patience) {
          (try? await server.server.connectionCount("test")) == 0
        })
      #expect(client.value.receiveAll().ending == .goodbye)
      #expect(server.counter("signalbox_evictions_total") == 0)
    }
  }
}
