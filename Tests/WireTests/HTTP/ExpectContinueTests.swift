import HTTP
import TestSupport
import Testing
import Wire

/// `Expect: 100-continue`: the client asks before it sends.
@Suite struct ExpectContinueTests {
  private static let head =
    "POST /echo HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n"

  @Test func `a handler that reads says go on`() async throws {
    try await TestServer.run { server in
      let (interim, final, next) = try await server.client { client in
        try client.send(Self.head)
        let interim = client.anyAnswer()
        return (interim, try client.ask("hello"), try client.get("/"))
      }
      #expect(interim?.status == 100)
      #expect(interim?.fields.isEmpty == true)
      #expect(final?.text == "hello")
      #expect(next?.status == 200)
    }
  }

  @Test func `a client that does not wait gets no 100`() async throws {
    try await TestServer.run { server in
      let statuses = try await server.client { client in
        try client.send(Self.head + "hello" + "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        return [client.anyAnswer()?.status, client.anyAnswer()?.status]
      }
      #expect(statuses == [200, 200])
    }
  }

  @Test func `a client that has begun its body gets no 100`() async throws {
    let firstCame = Signal()
    let router = Router.only(.post, "/echo") { request in
      var body: [UInt8] = []
      try await request.body.forEachPiece { piece in
        body += piece
        firstCame.send()
      }
      return Response(body: .bytes(body))
    }
    try await TestServer.run(router: router) { server in
      let answer = try await server.client { client in
        try client.send(Self.head + "he")
        #expect(firstCame.block())
        try client.send("llo")
        return client.anyAnswer()
      }
      #expect(answer?.status == 200)
      #expect(answer?.text == "hello")
    }
  }

  @Test func `a handler that refuses answers at once and the connection ends`() async throws {
    let router = Router.only(.post, "/echo") { _ in throw Refusal(.forbidden, "Not you.") }
    try await TestServer.run(router: router) { server in
      let (answer, ending) = try await server.client { client in
        try client.send(Self.head)
        return (client.anyAnswer(), client.receiveAll())
      }
      #expect(answer?.status == 403)
      #expect(answer?.fields["connection"] == "close")
      #expect(ending.bytes.isEmpty)
      #expect(ending.ending == .goodbye)
    }
  }

  @Test func `a body that is too long is refused without asking for it`() async throws {
    let router = Router.only(.post, "/echo", options: .init(bodyLimit: 4)) { request in
      .text("\(try await request.body.collect().count)")
    }
    try await TestServer.run(router: router) { server in
      let answer = try await server.client { client in
        try client.send(Self.head)
        return client.anyAnswer()
      }
      #expect(answer?.status == 413)
    }
  }

  @Test func `a path that is not there is said without asking for the body`() async throws {
    try await TestServer.run { server in
      let answer = try await server.client { client in
        try client.send(
          "POST /nothing HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n")
        return client.anyAnswer()
      }
      #expect(answer?.status == 404)
      #expect(answer?.fields["connection"] == "close")
    }
  }
}
