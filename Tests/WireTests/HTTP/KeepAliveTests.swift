import HTTP
import TestSupport
import Testing
import Wire

/// When a connection goes on and when it ends.
@Suite struct KeepAliveTests {
  /// The answer to one request, and whether the server ended the connection after it.
  private func exchange(_ request: String) async throws -> (answer: Answer?, ending: TLSClient.Ending, rest: Int) {
    try await TestServer.run(loops: 1) { server in
      try await server.client { client in
        let answer = try client.ask(request)
        guard answer?.fields["connection"] == "close" else {
          // A second answer proves that it goes on.
          let second = try client.get("/")
          return (answer, second?.status == 200 ? .silence : .truncated, 0)
        }
        let (bytes, ending) = client.receiveAll()
        return (answer, ending, bytes.count)
      }
    }
  }

  @Test(arguments: [
    ("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", true, nil as String?),
    ("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: keep-alive\r\n\r\n", true, nil),
    ("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", false, "close"),
    ("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Foo, CLOSE\r\n\r\n", false, "close"),
    ("GET / HTTP/1.0\r\nHost: localhost\r\n\r\n", false, "close"),
    ("GET / HTTP/1.0\r\nHost: localhost\r\nConnection: keep-alive\r\n\r\n", true, "keep-alive"),
    ("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\nhi", true, nil),
    ("GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n", true, nil),
    ("GET /numbers/3 HTTP/1.1\r\nHost: localhost\r\n\r\n", true, nil),
  ])
  func `the request decides whether the connection goes on`(request: String, goesOn: Bool, field: String?) async throws
  {
    let (answer, ending, rest) = try await exchange(request)
    #expect(answer?.fields["connection"] == field)
    #expect(ending == (goesOn ? .silence : .goodbye))
    #expect(rest == 0)
  }

  @Test func `a hundred requests share a connection`() async throws {
    try await TestServer.run { server in
      let statuses = try await server.client { client in
        try (0..<100).map { _ in try client.get("/")?.status }
      }
      #expect(statuses == Array(repeating: 200, count: 100))
      #expect(server.counter("signalbox_connections_total") == 1)
    }
  }

  @Test func `a client that says goodbye between requests is let go`() async throws {
    try await TestServer.run { server in
      let (bytes, ending) = try await server.client { client in
        _ = try client.get("/")
        client.sendCloseNotify()
        return client.receiveAll()
      }
      #expect(bytes.isEmpty)
      #expect(ending != .silence)
      #expect(await eventually { server.counter("signalbox_connections_open") == 0 })
    }
  }
}
