import HTTP
import Synchronization
import TestSupport
import Testing
import Wire

/// How bodies reach a handler.
@Suite struct RequestBodyTests {
  private static let text = String(repeating: "0123456789", count: 6_000)

  private static let chunked =
    stride(from: 0, to: 60_000, by: 3_000).map { _ in "bb8\r\n\(text.prefix(3_000))\r\n" }.joined() + "0\r\n\r\n"

  @Test(arguments: [
    "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 60000\r\n\r\n\(text)",
    "POST /echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n\(chunked)",
  ])
  func `a body is collected whole however it is framed`(request: String) async throws {
    try await TestServer.run { server in
      let (answer, next) = try await server.client { (try $0.ask(request), try $0.get("/")) }
      #expect(answer?.text == Self.text)
      #expect(next?.status == 200)
      #expect(server.counter("signalbox_http_body_bytes_received_total") == 60_000)
    }
  }

  @Test func `an empty body is empty`() async throws {
    try await TestServer.run { server in
      let bodies = try await server.client { client in
        [
          try client.ask("POST /echo HTTP/1.1\r\nHost: localhost\r\n\r\n"),
          try client.ask("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n"),
          try client.ask("POST /echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        ].map { $0?.body.count }
      }
      #expect(bodies == [0, 0, 0])
    }
  }

  @Test func `a streamed body comes piece by piece while the client still sends`() async throws {
    let firstCame = Signal()
    let pieces = Mutex<[String]>([])
    let router = Router.only(.post, "/") { request in
      try await request.body.forEachPiece { piece in
        pieces.withLock { $0.append(String(decoding: piece, as: UTF8.self)) }
        firstCame.send()
      }
      return .text("done")
    }
    try await TestServer.run(router: router) { server in
      let answer = try await server.client { client in
        try client.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nfirst")
        #expect(firstCame.block())
        return try client.ask("later")
      }
      #expect(answer?.text == "done")
    }
    #expect(pieces.withLock { $0 } == ["first", "later"])
  }

  @Test func `a body may be answered while it still comes`() async throws {
    let router = Router.only(.post, "/") { request in
      Response(
        body: .stream { writer in
          try await request.body.forEachPiece { try await writer.write(Array("got \($0.count)\n".utf8)) }
        })
    }
    try await TestServer.run(router: router) { server in
      let (text, ending) = try await server.client { client in
        try client.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 6\r\n\r\nabc")
        var text = ""
        while !text.contains("got 3"), case .success(let bytes) = client.receive() {
          text += String(decoding: bytes, as: UTF8.self)
        }
        try client.send("def")
        let (bytes, ending) = client.receiveAll()
        return (text + String(decoding: bytes, as: UTF8.self), ending)
      }
      #expect(text.contains("connection: close"))
      #expect(text.hasSuffix("6\r\ngot 3\n\r\n6\r\ngot 3\n\r\n0\r\n\r\n"))
      #expect(ending == .goodbye)
    }
  }

  @Test func `a client that goes in the middle of a body ends its reading`() async throws {
    let ended = Signal()
    let failure = Mutex<(any Error)?>(nil)
    let router = Router.only(.post, "/") { request in
      do {
        return .text("\(try await request.body.collect().count)")
      } catch {
        failure.withLock { $0 = error }
        ended.send()
        throw error
      }
    }
    try await TestServer.run(router: router) { server in
      try await server.client { client in
        try client.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nfirst")
        client.disconnect()
      }
      #expect(await ended.wait())
    }
    let error = failure.withLock { $0 } as? WireError
    #expect(error?.code == .closed)
  }
}
