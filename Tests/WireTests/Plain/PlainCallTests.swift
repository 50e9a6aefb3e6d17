import TestSupport
import Testing

@testable import HTTP
@testable import Wire

/// Calls without TLS, to servers of this machine.
@Suite struct PlainCallTests {
  @Test(arguments: ["127.0.0.1", "localhost", "a.localhost"])
  func `a server of this machine is called, and its connection kept`(host: String) async throws {
    try await WithoutTLS.run {
      try await TestServer.run { server in
        try await Calls.run { calls in
          for _ in 0..<5 {
            let response = try await calls.get(server.port, host: host)
            #expect(response.status == .ok)
            #expect(response.session == nil)
            #expect(response.address.isLoopback)
            let body = try await response.body.collect(limit: 100)
            #expect(body == Array("hello\n".utf8))
          }
          #expect(server.counter("signalbox_connections_total") == 1)
        }
      }
    }
  }

  @Test func `the name leads to both families, and ::1 is called by its address`() async throws {
    try await WithoutTLS.run {
      try await TestServer.run(address: "::1") { server in
        try await Calls.run { calls in
          let texts = [
            try await calls.text(server.port, host: "localhost"), try await calls.text(server.port, host: "[::1]"),
          ]
          #expect(texts == ["hello\n", "hello\n"])
        }
      }
    }
  }

  /// No name that may be written into such a URL leads elsewhere today. If one ever does, this is what stands before it.
  @Test(arguments: ["192.0.2.1", "2001:db8::1", "0.0.0.0", "::", "::ffff:127.0.0.1", "10.0.0.1"])
  func `an address of others is not dialled, whatever the URL says`(host: String) async throws {
    try await WithoutTLS.run {
      let target = try ServiceURL(parsing: "https://a/").target
      let url = ServiceURL(scheme: .http, host: host, hostIsAddress: true, port: 80, target: target)
      try await Calls.run { calls in
        let error = await #expect(throws: ClientError.self) { try await calls.client.send(ClientRequest(.get, url)) }
        let address = try SocketAddress(host: host, port: 80)
        let reason = "it is not this machine, and the call is not encrypted; use https://"
        #expect(error?.reason == .forbidden([FailedAttempt(address: address, reason: reason)]))
        #expect(error?.description == "\(address) may not be called: \(address): \(reason).")
        #expect(await eventually { await calls.client.connectionCount == 0 })
      }
    }
  }

  @Test func `calls with TLS and without do not share connections`() throws {
    let plain = try ClientOrigin(ServiceURL(parsing: "http://localhost:1/", allowingPlainOnLoopback: true))
    #expect(plain != (try ClientOrigin(ServiceURL(parsing: "https://localhost:1/"))))
    #expect(plain == (try ClientOrigin(ServiceURL(parsing: "ws://localhost:1/", allowingPlainOnLoopback: true))))
  }

  @Test func `a server that speaks TLS is told from one that does not`() async throws {
    try await WithoutTLS.run {
      let port = Kept(0)
      try await WithoutTLS.$isOn.withValue(false) {
        try await TestServer.run { server in
          port.set(server.port)
          try await Calls.run { calls in
            let url = try ServiceURL(parsing: "http://127.0.0.1:\(port.value)/", allowingPlainOnLoopback: true)
            await #expect(throws: ClientError.self) { try await calls.client.send(ClientRequest(.get, url)) }
          }
        }
      }
      try await TestServer.run { server in
        try await Calls.run { calls in
          let url = try ServiceURL(parsing: "https://127.0.0.1:\(server.port)/")
          let error = await #expect(throws: ClientError.self) { try await calls.client.send(ClientRequest(.get, url)) }
          guard case .garbled? = error?.reason else {
            Issue.record("\(error as Any)")
            return
          }
        }
      }
    }
  }

  @Test func `TCP's end is the end of a body that lasts as long as its connection`() async throws {
    try await WithoutTLS.run {
      try await TLSServer.run(scripts: [TLSServer.answering("HTTP/1.1 200 OK\r\n\r\nall of it")]) { server in
        try await Calls.run { calls in
          let text = try await calls.text(server.port)
          #expect(text == "all of it")
        }
      }
    }
  }

  @Test func `a reset is not, also when a write has heard of it first`() async throws {
    try await WithoutTLS.run {
      let isAnswered = Signal()
      let script: @Sendable (TLSServer.Connection) throws -> Void = { connection in
        try connection.receiveHead()
        try connection.send("HTTP/1.1 200 OK\r\n\r\nhalf")
        _ = isAnswered.block(seconds: 30, milliseconds: 0)
        connection.reset()
      }
      for isSending in [false, true] {
        try await TLSServer.run(scripts: [script]) { server in
          try await Calls.run { calls in
            let body: ClientRequestBody =
              isSending ? .stream { writer in while true { try await writer.write([1]) } } : .none
            let response = try await calls.client.send(ClientRequest(.put, try Calls.url(server.port), body: body))
            let first = try await response.body.next()
            #expect(first == Array("half".utf8))
            isAnswered.send()
            let error = await #expect(throws: ClientError.self) { while try await response.body.next() != nil {} }
            #expect(error?.reason == .brokenOff("the server reset it in the middle of its answer's body"))
          }
        }
      }
    }
  }

  // MARK: What holds with TLS

  @Test(arguments: QuietClientTests.Quiet.allCases)
  func `connections on which nothing happens cost nothing`(_ quiet: QuietClientTests.Quiet) async throws {
    try await WithoutTLS.run {
      try await QuietClientTests().`the loop sleeps`(quiet)
    }
  }

  @Test(arguments: [BrokenAnswerCallTests.End.fin, .reset], BrokenAnswerCallTests.beginnings)
  func `an answer without its end is broken off`(
    _ end: BrokenAnswerCallTests.End, _ beginning: (String, String)
  ) async throws {
    try await WithoutTLS.run {
      try await BrokenAnswerCallTests().`an answer without its end is broken off`(end, beginning)
    }
  }

  @Test(arguments: [0, 1, 65_536])
  func `a body of bytes arrives whole`(_ count: Int) async throws {
    try await WithoutTLS.run {
      try await CallBodyTests().`a body of bytes arrives whole`(count)
    }
  }

  @Test func `a server that does not read holds the writer up, until it reads`() async throws {
    try await WithoutTLS.run {
      try await CallBodyTests().`a server that does not read holds the writer up, until it reads`()
    }
  }

  @Test func `a caller that does not read holds the server up, and then gets everything`() async throws {
    try await WithoutTLS.run {
      try await CallBodyTests().`a caller that does not read holds the server up, and then gets everything`()
    }
  }

  @Test func `an answer that comes before the body is sent is taken, and the writer is told`() async throws {
    try await WithoutTLS.run {
      try await CallBodyTests().`an answer that comes before the body is sent is taken, and the writer is told`()
    }
  }

  @Test(arguments: [CallDeadlineTests.Silence.beforeAnswer, .inHead, .inBody])
  func `a server that falls silent is given up`(_ silence: CallDeadlineTests.Silence) async throws {
    try await WithoutTLS.run {
      try await CallDeadlineTests().`a server that falls silent is given up`(silence)
    }
  }

  @Test func `a server that does not read a request is given up`() async throws {
    try await WithoutTLS.run {
      try await CallDeadlineTests().`a server that does not read a request is given up`()
    }
  }

  @Test func `nothing is left of a thousand calls that are cancelled at any moment`() async throws {
    try await WithoutTLS.run {
      try await CallCancellationTests().`nothing is left of a thousand calls that are cancelled at any moment`()
    }
  }

  @Test func `a call that may be repeated is, once, when a kept connection turns out to be dead`() async throws {
    try await WithoutTLS.run {
      try await ReuseTests().`a call that may be repeated is, once, when a kept connection turns out to be dead`()
    }
  }

  @Test func `a connection that the server ends between two calls is closed`() async throws {
    try await WithoutTLS.run {
      try await ReuseTests().`a connection that the server ends between two calls is closed`()
    }
  }

  @Test(arguments: [1, 1000])
  func `events are the same wherever their bytes are split`(_ size: Int) async throws {
    try await WithoutTLS.run {
      try await EventStreamCallTests().`events are the same wherever their bytes are split`(size)
    }
  }

  @Test func `messages of a WebSocket come back as they went`() async throws {
    try await WithoutTLS.run {
      try await WebSocketCallTests().`text, binary, nothing and 16 MiB come back as they went`()
    }
  }

  @Test func `a WebSocket that ends without a closing handshake is an error`() async throws {
    try await WithoutTLS.run {
      try await WebSocketMisbehaviourTests().`a connection that ends without a closing handshake is an error`()
    }
  }
}
