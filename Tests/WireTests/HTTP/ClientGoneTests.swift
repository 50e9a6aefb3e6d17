import HTTP
import Synchronization
import TestSupport
import Testing
import Wire

/// A client that goes away is noticed by whoever works for it.
@Suite struct ClientGoneTests {
  private enum Leaving: CaseIterable {
    case reset, closed, goodbye

    func leave(_ client: TLSClient) {
      switch self {
      case .reset: client.resetConnection()
      case .closed: client.disconnect()
      case .goodbye:
        client.sendCloseNotify()
        client.disconnect()
      }
    }
  }

  @Test(arguments: Leaving.allCases) private func `a stream's writer is told and cancelled`(leaving: Leaving)
    async throws
  {
    let cancelled = Signal()
    let threw = Signal()
    let failure = Mutex<(any Error)?>(nil)
    let router = Router.only(.get, "/") { _ in
      Response(
        body: .stream { writer in
          try await withTaskCancellationHandler {
            do {
              while true {
                try await writer.write(Array("tick\n".utf8))
                // A stream as they are: much waiting, little to say.
                _ = await onThread { cancelled.block(seconds: 0, milliseconds: 5) }
              }
            } catch {
              failure.withLock { $0 = error }
              threw.send()
              throw error
            }
          } onCancel: {
            cancelled.send()
          }
        })
    }
    try await TestServer.run(router: router) { server in
      try await server.client { client in
        try client.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        var seen = ""
        while !seen.contains("tick"), case .success(let bytes) = client.receive() {
          seen += String(decoding: bytes, as: UTF8.self)
        }
        leaving.leave(client)
      }
      #expect(await cancelled.wait())
      #expect(await threw.wait())
      #expect((failure.withLock { $0 } as? WireError)?.code == .closed)
      #expect(server.log.lines.count { $0.contains(#""outcome":"client-gone""#) } == 1)
      #expect(server.log.lines.allSatisfy { !$0.contains(#""level":"error""#) })
    }
  }

  @Test func `a writer that waits for room is told`() async throws {
    let threw = Signal()
    let router = Router.only(.get, "/") { _ in
      Response(
        body: .stream { writer in
          let piece = [UInt8](repeating: 120, count: 65_536)
          do {
            while true { try await writer.write(piece) }
          } catch {
            threw.send()
            throw error
          }
        })
    }
    try await TestServer.run(router: router) { server in
      var options = TLSClient.Options()
      options.receiveBuffer = 16_384
      try await server.client(options) { client in
        try client.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        _ = client.receive()
        client.resetConnection()
      }
      #expect(await threw.wait())
    }
  }

  @Test func `the next connection is served as if nothing had been`() async throws {
    try await TestServer.run(loops: 1) { server in
      for _ in 0..<20 {
        try await server.client { client in
          try client.send("GET /numbers/100000 HTTP/1.1\r\nHost: localhost\r\n\r\n")
          client.resetConnection()
        }
      }
      #expect(try await server.client { try $0.get("/") }?.status == 200)
    }
  }
}
