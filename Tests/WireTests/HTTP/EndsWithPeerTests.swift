import HTTP
import TestSupport
import Testing
import Wire

/// Routes whose answers take long, and clients that do not wait for them.
@Suite struct EndsWithPeerTests {
  private static func router(_ endsWithPeer: Bool, _ gate: Gate, _ cancelled: Signal) -> Router {
    Router.only(.post, "/", options: .init(endsWithPeer: endsWithPeer)) { request in
      let body = try await request.body.collect()
      await withTaskCancellationHandler {
        await gate.pass()
      } onCancel: {
        cancelled.send()
      }
      return Response(body: .bytes(body))
    }
  }

  private static let request = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello"

  @Test(arguments: Leaving.allCases)
  func `a client that leaves cancels its handler`(_ leaving: Leaving) async throws {
    let gate = Gate()
    let cancelled = Signal()
    try await TestServer.run(router: Self.router(true, gate, cancelled)) { server in
      let client = try await server.client { client in
        try client.send(Self.request)
        return Unchecked(client)
      }
      #expect(await eventually { gate.arrived == 1 })
      await onThread { leaving.leave(client.value) }
      #expect(await cancelled.wait())
      #expect(await eventually { (try? await server.server.connectionCount("test")) == 0 })
      gate.open()
      let lines = server.log.lines.filter { $0.contains(#""message":"request""#) }
      #expect(lines.count == 1 && lines[0].contains(#""outcome":"client-gone""#), "\(lines)")
    }
  }

  @Test func `requests sent ahead are answered in turn`() async throws {
    let gate = Gate()
    try await TestServer.run(router: Self.router(true, gate, Signal())) { server in
      let client = try await server.client { client in
        try client.send(Self.request + Self.request)
        return Unchecked(client)
      }
      #expect(await eventually { gate.arrived == 1 })
      gate.open()
      let texts = await onThread { [client.value.answer()?.text, client.value.answer()?.text] }
      #expect(texts == ["hello", "hello"])
    }
  }

  @Test func `elsewhere a client that has closed its half is answered`() async throws {
    let gate = Gate()
    try await TestServer.run(router: Self.router(false, gate, Signal())) { server in
      let client = try await server.client { client in
        try client.send(Self.request)
        client.finishSending()
        return Unchecked(client)
      }
      #expect(await eventually { gate.arrived == 1 })
      gate.open()
      #expect(await onThread { client.value.answer()?.text } == "hello")
    }
  }
}
