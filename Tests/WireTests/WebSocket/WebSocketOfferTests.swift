import HTTP
import TestSupport
import Testing
import Wire

/// What may wait for a client that does not read: what is offered, and what is sent beside it.
@Suite struct WebSocketOfferTests {
  /// What ends a sender that would go on.
  private static func failure(of socket: WebSocket) async -> WireError.Code? {
    do {
      for _ in 0..<1000 { try await socket.send(event, settlingBelow: 1000) }
      return nil
    } catch {
      return (error as? WireError)?.code
    }
  }

  private static let event = EncodedMessage(text: Array(String(repeating: "e", count: 4000).utf8))

  /// Runs a server with little room in its sockets, and a client that reads when it is told to.
  private static func run(
    _ options: WebSocketOptions, outputLimit: Int = 64 << 10,
    _ handler: @escaping @Sendable (WebSocket) async throws -> Void,
    client: @escaping @Sendable (WebSocketPeer) throws -> Void, whileServed body: () async throws -> Void
  ) async throws {
    try await TestServer.run(
      router: .webSocket(options, handler),
      configure: {
        $0.sendBuffer = 16 << 10
        $0.outputLimit = outputLimit
        $0.deadlines.minimumRate.window = .seconds(600)
      },
      { server async throws in
        async let reading: Void = server.peer(WebSocketHandshake(), .narrow, client)
        try await body()
        try await reading
      })
  }

  @Test(arguments: [(backlog: 8 << 20, outputLimit: 8 << 10), (backlog: 8 << 10, outputLimit: 8 << 20)])
  func `what is offered may wait up to the backlog of its route, whatever the listener lets wait`(
    backlog: Int, outputLimit: Int
  ) async throws {
    let taken = Kept<Int?>(nil)
    let isOver = Signal()
    let options = WebSocketOptions.with {
      $0.backlog = backlog
      $0.closeWithin = .milliseconds(500)
    }
    // Two megabytes: less than the one bound, and far more than the other and all that the kernel takes.
    let offers = 500
    try await Self.run(options, outputLimit: outputLimit) { socket in
      taken.set((0..<offers).prefix { _ in socket.offer(Self.event) }.count)
      isOver.send()
      if backlog > outputLimit { await socket.close() }
    } client: { peer in
      #expect(isOver.block())
      let close = try peer.receiveClose()
      #expect(close.code == (backlog > outputLimit ? 1000 : 4008))
    } whileServed: {
      #expect(await isOver.wait())
      let count = try #require(taken.value)
      if backlog > outputLimit {
        #expect(count == offers)
      } else {
        #expect(count >= backlog / 4000 && count < offers / 2, "\(count)")
      }
    }
  }

  @Test func `a message of any size is taken where nothing waits, and the next is too much`() async throws {
    let taken = Kept<[Bool]>([])
    let isOver = Signal()
    let large = EncodedMessage(text: Array(String(repeating: "l", count: 1 << 20).utf8))
    try await Self.run(.with { $0.backlog = 1000 }) { socket in
      taken.set([socket.offer(large), socket.offer(Self.event)])
      isOver.send()
      _ = await socket.untilEnded()
    } client: { peer in
      #expect(isOver.block())
      guard case .text(let text) = try peer.receiveMessage() else { Issue.record("It is no text."); return }
      #expect(text.utf8.count == 1 << 20)
      let end = try peer.awaitClose()
      #expect(end.close.code == 4008)
    } whileServed: {
      #expect(await isOver.wait())
      #expect(taken.value == [true, false])
    }
  }

  @Test func `who sends to settle waits for the client, and nothing is lost`() async throws {
    let sent = Kept(0)
    let mayRead = Signal()
    let count = 500
    try await Self.run(.with { $0.backlog = 1000 }) { socket in
      for _ in 0..<count {
        try await socket.send(Self.event, settlingBelow: 8 << 10)
        sent.change { $0 += 1 }
      }
    } client: { peer in
      guard mayRead.block() else { return }
      var events = 0
      while events < count, case .text(let text) = try peer.receiveMessage(), text.utf8.count == 4000 { events += 1 }
      #expect(events == count)
      let end = try peer.awaitClose()
      #expect(end.close.code == 1000)
    } whileServed: {
      let stoppedAt = await settled { sent.value }
      #expect(stoppedAt.map { $0 < count } == true, "\(stoppedAt ?? -1)")
      mayRead.send()
    }
  }

  @Test func `what settles is not held against a client, and below a mark of 1 all of it has left`() async throws {
    let (hasLeft, offered) = (Kept(false), Kept<[Bool]>([]))
    let (isSending, mayOffer) = (Signal(), Gate())
    let (hasOffered, mayRead) = (Signal(), Signal())
    let large = EncodedMessage(text: Array(String(repeating: "l", count: 1 << 20).utf8))
    try await Self.run(.with { $0.backlog = 16 << 10 }) { socket in
      let news = Task(executorPreference: socket.loop.tasks) {
        await mayOffer.pass()
        offered.set((0..<3).map { _ in socket.offer(Self.event) })
        hasOffered.send()
      }
      isSending.send()
      try await socket.send(large, settlingBelow: 1)
      hasLeft.set(true)
      await news.value
      // Nothing waits, so this is not too much, whatever its size.
      #expect(socket.offer(large))
    } client: { peer in
      guard mayRead.block() else { return }
      var lengths: [Int] = []
      while lengths.count < 5, case .text(let text) = try peer.receiveMessage() { lengths.append(text.utf8.count) }
      #expect(lengths == [1 << 20, 4000, 4000, 4000, 1 << 20])
      let end = try peer.awaitClose()
      #expect(end.close.code == 1000)
    } whileServed: {
      #expect(await isSending.wait())
      // It could have gone on many times over by the time everything is still.
      _ = await settled { hasLeft.value ? 1 : 0 }
      #expect(!hasLeft.value)
      mayOffer.open()
      #expect(await hasOffered.wait())
      // With what is there already, the first would be more than may wait.
      #expect(offered.value == [true, true, true])
      mayRead.send()
      #expect(await eventually { hasLeft.value })
    }
  }

  @Test func `whoever waits with it is told of the end`() async throws {
    let failures = Kept<[WireError.Code]>([])
    let isOver = Signal()
    try await Self.run(.with { $0.closeWithin = .milliseconds(500) }) { socket in
      let close = Task(executorPreference: socket.loop.tasks) {
        await socket.close(WebSocketCloseCode(rawValue: 4001), reason: "enough")
      }
      let first = await Self.failure(of: socket)
      _ = await close.value
      let second = await Self.failure(of: socket)
      failures.set([first, second].compactMap { $0 })
      isOver.send()
    } client: { _ in
      #expect(isOver.block())
    } whileServed: {
      #expect(await isOver.wait())
      #expect(failures.value == [.closed, .closed])
    }
  }
}
