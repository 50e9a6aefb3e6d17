import HTTP
import TestSupport
import Testing
import Wire

/// What the log and the counters say about requests.
@Suite struct AccessLogTests {
  private func accessLines(_ server: TestServer) -> [String] {
    server.log.lines.filter { $0.contains(#""message":"request""#) }
  }

  @Test func `every request has one line with all its fields`() async throws {
    try await TestServer.run { server in
      let answer = try await server.client { client in
        try client.ask("POST /echo?verbose=1 HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhello")
      }
      let lines = accessLines(server)
      #expect(lines.count == 1)
      let line = try #require(lines.first)
      let id = try #require(answer?.fields["x-request-id"])
      for field in [
        #""level":"info""#, #""request":"\#(id)""#, #""peer":"127.0.0.1""#, #""method":"POST""#, #""route":"/echo""#,
        #""target":"/echo?verbose=1""#, #""status":200"#, #""bytesIn":5"#, #""bytesOut":"#, #""duration":"#,
      ] {
        #expect(line.contains(field), "\(field)")
      }
      #expect(!line.contains("outcome"))
    }
  }

  @Test func `a route is logged by its pattern and what is not there as none`() async throws {
    try await TestServer.run { server in
      _ = try await server.client { client in
        (try client.get("/numbers/3"), try client.get("/nothing/at/all"))
      }
      let lines = accessLines(server)
      #expect(lines.count == 2)
      #expect(lines.first?.contains(#""route":"/numbers/{count}""#) == true)
      #expect(lines.last?.contains(#""route":"none""#) == true)
      #expect(lines.last?.contains(#""status":404"#) == true)
    }
  }

  @Test func `secrets in a query do not reach the log`() async throws {
    try await TestServer.run { server in
      _ = try await server.client { client in
        try client.get("/?access_token=hunter2&password=hunter3&page=4")
      }
      let lines = server.log.lines
      #expect(!lines.contains { $0.contains("hunter") })
      #expect(lines.contains { $0.contains("page=4") })
    }
  }

  @Test func `a request that is none is logged too`() async throws {
    try await TestServer.run { server in
      let answer = try await server.client { try $0.ask("GET / HTTP/3.7\r\n\r\n") }
      #expect(answer?.status ?? 0 >= 400)
      #expect(accessLines(server).count == 1)
      #expect(accessLines(server).first?.contains(#""outcome":"refused""#) == true)
    }
  }

  @Test func `the counters agree with what was answered`() async throws {
    try await TestServer.run { server in
      let received = try await server.client { client in
        for path in ["/", "/", "/nothing"] { try client.send("GET \(path) HTTP/1.1\r\nHost: localhost\r\n\r\n") }
        try client.send("POST /echo HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 3\r\n\r\nabc")
        return client.receiveAll().bytes.count
      }
      #expect(server.counter(#"signalbox_http_requests_total{status="2xx"}"#) == 3)
      #expect(server.counter(#"signalbox_http_requests_total{status="4xx"}"#) == 1)
      #expect(server.counter(#"signalbox_http_requests_total{status="5xx"}"#) == 0)
      #expect(server.counter("signalbox_http_body_bytes_received_total") == 3)
      #expect(server.counter("signalbox_http_bytes_sent_total") == received)
      #expect(server.counter("signalbox_connections_total") == 1)
      #expect(server.counter("signalbox_connections_refused_total") == 0)
      #expect(server.counter("signalbox_evictions_total") == 0)
    }
  }

  @Test func `open connections are counted while they are open`() async throws {
    try await TestServer.run { server in
      let open = try await server.client { client in
        _ = try client.get("/")
        return server.counter("signalbox_connections_open")
      }
      #expect(open == 1)
      await server.server.stop(grace: .seconds(5))
      #expect(server.counter("signalbox_connections_open") == 0)
    }
  }
}
