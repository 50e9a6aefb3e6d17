import HTTP
import TestSupport
import Testing
import Wire

/// What is asked of a client before its connection becomes a WebSocket, and what it is answered.
@Suite struct WebSocketHandshakeTests {
  /// The answer to one handshake, and how the connection goes on when it is none.
  private func answer(
    _ handshake: WebSocketHandshake, _ options: WebSocketOptions = WebSocketOptions()
  ) async throws -> WebSocketHandshakeAnswer {
    try await TestServer.run(router: .webSocketEcho(options)) { server in
      try await server.client { client in
        // The peer checks the accept key and all other fields of a 101.
        let peer = try WebSocketPeer(port: server.port)
        return try peer.upgrade(handshake)
      }
    }
  }

  private static let speaking = WebSocketOptions.with { $0.subprotocols = ["v2", "v1"] }
  private static let requiring = WebSocketOptions.with {
    $0.subprotocols = ["v2", "v1"]
    $0.requiresSubprotocol = true
  }

  @Test func `a handshake is answered as the standard's own example is`() async throws {
    let answer = try await answer(WebSocketHandshake())
    #expect(answer.isUpgraded)
    #expect(answer.fields["sec-websocket-accept"] == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
    #expect(answer.fields["connection"] == "upgrade")
    #expect(answer.fields["sec-websocket-protocol"] == nil)
    #expect(answer.fields["content-length"] == nil && answer.fields["transfer-encoding"] == nil)
    #expect(answer.fields["x-request-id"] != nil)
  }

  @Test func `each key has a proof of its own`() async throws {
    var handshake = WebSocketHandshake()
    handshake.key = "AAAAAAAAAAAAAAAAAAAAAA=="
    #expect(try await answer(handshake).isUpgraded)
  }

  @Test(arguments: [
    (["v1", "v2"], "v2"), (["v2", "v1"], "v2"), (["v1"], "v1"), (["v9", "v1"], "v1"), ([], nil),
  ])
  func `the server's favourite of the subprotocols offered is chosen`(offered: [String], chosen: String?) async throws {
    let answer = try await answer(WebSocketHandshake(subprotocols: offered), Self.speaking)
    #expect(answer.isUpgraded)
    #expect(answer.fields["sec-websocket-protocol"] == chosen)
  }

  @Test func `the handler is told which subprotocol it speaks`() async throws {
    let router = Router.webSocket(Self.speaking) { try await $0.send(.text($0.subprotocol ?? "none")) }
    try await TestServer.run(router: router) { server in
      let spoken = try await server.peer(WebSocketHandshake(subprotocols: ["v1"])) { try $0.receiveMessage() }
      let silent = try await server.peer { try $0.receiveMessage() }
      #expect(spoken == .text("v1") && silent == .text("none"))
    }
  }

  @Test func `who offers nothing but strange subprotocols is refused`() async throws {
    let answer = try await answer(WebSocketHandshake(subprotocols: ["v9", "V1"]), Self.speaking)
    #expect(answer.status == 400)
    #expect(answer.fields["sec-websocket-protocol"] == nil && answer.fields["sec-websocket-accept"] == nil)
  }

  @Test func `a subprotocol that is required has to be offered`() async throws {
    #expect(try await answer(WebSocketHandshake(), Self.requiring).status == 400)
    #expect(try await answer(WebSocketHandshake(subprotocols: ["v9"]), Self.requiring).status == 400)
    #expect(try await answer(WebSocketHandshake(subprotocols: ["v1"]), Self.requiring).isUpgraded)
  }

  @Test func `where no subprotocol is spoken offers are passed over`() async throws {
    let answer = try await answer(WebSocketHandshake(subprotocols: ["anything"]))
    #expect(answer.isUpgraded)
    #expect(answer.fields["sec-websocket-protocol"] == nil)
  }

  @Test(arguments: [
    "permessage-deflate", "permessage-deflate; client_max_window_bits", "x-webkit-deflate-frame, permessage-deflate",
  ])
  func `no extension is accepted`(offer: String) async throws {
    let answer = try await answer(WebSocketHandshake(fields: [("Sec-WebSocket-Extensions", offer)]))
    #expect(answer.isUpgraded)
    #expect(answer.fields["sec-websocket-extensions"] == nil)
  }

  @Test func `a plain request to a WebSocket is told what to send`() async throws {
    try await TestServer.run(router: .webSocketEcho()) { server in
      let answers = try await server.client { client in (try client.get("/ws"), try client.get("/")) }
      #expect(answers.0?.status == 426)
      #expect(answers.0?.fields["upgrade"] == "websocket")
      #expect(answers.0?.fields["connection"]?.contains("upgrade") == true)
      #expect(answers.0?.fields["sec-websocket-version"] == "13")
      // Nothing is wrong with the connection.
      #expect(answers.1?.status == 200)
    }
  }

  @Test func `a refused handshake leaves a connection for requests`() async throws {
    try await TestServer.run(router: .webSocketEcho()) { server in
      let answers = try await server.client { client in
        let handshake = WebSocketHandshake(origin: "https://elsewhere.example")
        return (try client.ask(handshake.text), try client.get("/"))
      }
      #expect(answers.0?.status == 403)
      #expect(answers.1?.status == 200)
    }
  }

  @Test func `frames in the same record as the handshake are not lost`() async throws {
    try await TestServer.run(router: .webSocketEcho()) { server in
      let messages = try await server.client { _ in
        let peer = try WebSocketPeer(port: server.port)
        let frames = [WebSocketFrame.text("early"), .text("bird")].flatMap(\.bytes)
        try peer.upgrade(WebSocketHandshake(), followedBy: frames)
        return [try peer.receiveMessage(), try peer.receiveMessage()]
      }
      #expect(messages == [.text("early"), .text("bird")])
    }
  }

  @Test func `a handler is told of a client that has said all in one breath`() async throws {
    for _ in 0..<20 {
      let witness = Witness()
      try await TestServer.run(router: .webSocket { await witness.watch($0) }) { server in
        let ending = try await server.client { _ in
          let peer = try WebSocketPeer(port: server.port)
          let frames = [WebSocketFrame.text("all"), .close(1000)].flatMap(\.bytes)
          try peer.upgrade(WebSocketHandshake(), followedBy: frames)
          return try peer.receiveAll().ending
        }
        #expect(ending == .goodbye)
        #expect(await witness.testimony() == .read([.text("all")], .peer, 1000))
      }
    }
  }

  @Test func `a frame that is cut by the handshake's record goes on behind it`() async throws {
    let bytes = WebSocketFrame.text("cut in two").bytes
    try await TestServer.run(router: .webSocketEcho()) { server in
      for cut in 0...bytes.count {
        let message = try await server.client { _ in
          let peer = try WebSocketPeer(port: server.port)
          try peer.upgrade(WebSocketHandshake(), followedBy: Array(bytes[..<cut]))
          try peer.send(Array(bytes[cut...]))
          return try peer.receiveMessage()
        }
        #expect(message == .text("cut in two"), "cut at \(cut)")
      }
    }
  }

  @Test func `no frame comes before the answer to the handshake`() async throws {
    // The handler sends as soon as it can, and so does whoever offers.
    let router = Router.webSocket { socket in
      socket.offer(EncodedMessage(text: Array("offered".utf8)))
      try await socket.send(.text("sent"))
    }
    try await TestServer.run(router: router) { server in
      for _ in 0..<20 {
        // The peer insists that the answer comes first.
        let messages = try await server.peer { [try $0.receiveMessage(), try $0.receiveMessage()] }
        #expect(messages == [.text("offered"), .text("sent")])
      }
    }
  }

  @Test func `requests before a handshake are served on the same connection`() async throws {
    try await TestServer.run(router: .webSocketEcho()) { server in
      let seen = try await server.client { _ in
        let peer = try WebSocketPeer(port: server.port)
        let first = try peer.client.get("/")?.status
        try peer.upgrade(WebSocketHandshake())
        try peer.send("after")
        return (first, try peer.receiveMessage())
      }
      #expect(seen.0 == 200)
      #expect(seen.1 == .text("after"))
    }
  }
}
