import TestSupport
import Testing
import Wire

/// Clients that do not get through the TLS handshake: each is let go, counted, and leaves nothing behind.
@Suite struct NoHandshakeTests {
  enum Visitor: CaseIterable {
    case silent
    case garbage
    case plaintext
    case halfHello
    case wholeHello
    case tooLongRecord

    func opening() throws -> [UInt8] {
      switch self {
      case .silent: []
      case .garbage: (0..<512).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ 13) }
      case .plaintext: Array("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".utf8)
      case .halfHello: Array(try ClientHello.bytes().prefix(100))
      case .wholeHello: try ClientHello.bytes()
      case .tooLongRecord: [22, 3, 1, 0xFF, 0xFF] + [UInt8](repeating: 1, count: 4096)
      }
    }
  }

  @Test(arguments: [Leaving.fin, .close, .reset])
  func `whoever does not shake hands is let go and counted`(_ leaving: Leaving) async throws {
    var router = Router.standard
    router.addLoopClock()
    try await TestServer.run(loops: 1, router: router) { server in
      let clock = try await server.loopClock()
      var accepted = AcceptedSockets()
      for visitor in Visitor.allCases {
        let opening = try visitor.opening()
        let client = Unchecked(
          try await onThread { [port = server.port] in Unchecked(try TCPClient(port: port)) }.value)
        await accepted.remember(peerOf: client.value.descriptor, port: server.port)
        try await onThread {
          // The server may have hung up already.
          try? client.value.send(opening)
          leaving.leave(client.value)
          guard leaving.keepsReading else { return }
          let ending = client.value.receiveAll().ending
          if ending == .silence { throw TLSClient.Failure(description: "\(visitor) was not let go") }
        }
      }
      #expect(await eventually { (try? await server.server.connectionCount("test")) == 0 })
      #expect(accepted.count == Visitor.allCases.count)
      #expect(await eventually { accepted.openCount == 0 })
      #expect(server.counter("signalbox_handshakes_failed_total") == Visitor.allCases.count)
      #expect(await clock.used(during: .milliseconds(200)) < .milliseconds(20))
      #expect(await server.attempt("/").wasServed)
    }
  }

  @Test func `a client that shakes hands and leaves is no failed handshake`() async throws {
    try await TestServer.run { server in
      try await server.client { client in
        client.sendCloseNotify()
        client.finishSending()
        _ = client.receiveAll()
      }
      #expect(await eventually { (try? await server.server.connectionCount("test")) == 0 })
      #expect(server.counter("signalbox_connections_total") == 1)
      #expect(server.counter("signalbox_handshakes_failed_total") == 0)
    }
  }
}
