import HTTP

// An outgoing connection that has become a WebSocket.
extension ClientConnection: WebSocketHolder, FlushedByLoop {
  /// After the server has switched protocols. Throws when its answer is not the one to our handshake.
  func becomeWebSocket(_ response: ClientResponse, key: String, _ options: WebSocketOptions) async throws -> WebSocket {
    try requireOpen()
    let subprotocol = response.fields["sec-websocket-protocol"]
    if let fault = Self.fault(in: response, offered: options.subprotocols) { throw refuse(fault) }
    guard let pipe = WebSocketPipe.open(on: loop, owner: self) else {
      throw refuse("there is no descriptor left for it")
    }
    let pulse = LoopTimer(on: loop) { [unowned self] in assumeIsolated { $0.pulse() } }
    let session = WebSocketSession(
      as: .client, options: options, subprotocol: subprotocol, pipe: pipe, pulse: pulse, now: .now)
    session.expectedAccept = response.fields["sec-websocket-accept"]
    webSocket = session
    phase = .webSocket
    session.cutter.append(reader.takeBuffered())
    await session.open(key: key, for: self)
    if !session.hasOpened { try requireOpen() }
    return WebSocket(subprotocol: subprotocol, carrier: self)
  }

  /// Why this is no answer to our handshake, apart from its proof (RFC 6455 section 4.1).
  private static func fault(in response: ClientResponse, offered: [String]) -> String? {
    let upgrade = response.fields.values(of: "upgrade")
    guard upgrade.count == 1, upgrade[0].lowercased() == "websocket" else {
      return "an answer without \"Upgrade: websocket\""
    }
    guard !response.fields.contains("sec-websocket-extensions") else { return "extensions that nobody asked for" }
    let chosen = response.fields.values(of: "sec-websocket-protocol")
    guard chosen.count <= 1, chosen.allSatisfy(offered.contains) else { return "a subprotocol that was not offered" }
    return nil
  }

  private func refuse(_ text: String) -> ClientError {
    let error = ClientError(.notAWebSocket(text), server)
    close(error)
    return error
  }

  func receiveFrames(for session: WebSocketSession) {
    session.vigil.heard(at: .now)
    socket?.withReceived { bytes in
      if !session.isDeaf { session.cutter.append(bytes) }
    }
    advanceWebSocket(session)
  }

  // MARK: For the session

  var outputCount: Int { output.count }
  nonisolated var outputLimit: Int { configuration.bufferLimit }
  var deliveredBytes: Int { socket?.deliveredBytes ?? 0 }
  var isReading: Bool { socket?.isReading ?? false }

  func enqueue(_ bytes: [UInt8]) {
    output.append(bytes)
  }

  func flushSoon() {
    guard !isFlushDue, socket != nil, let core = loop.liveCore else { return }
    isFlushDue = true
    core.flushSoon(self)
  }

  nonisolated func turnIsOver() {
    assumeIsolated { connection in
      connection.isFlushDue = false
      connection.flush()
    }
  }

  func waitForRoom(after count: Int) async throws {
    if output.count >= TLSSocket.recordSize { flush() } else { flushSoon() }
    try Task.checkCancellation()
    guard hasNoRoom else { return await Task.yield() }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        // Looked at once more, because getting here may cost a turn of the loop, and with it the flush to wait for.
        if hasNoRoom { writers.append(continuation) } else { continuation.resume() }
      }
    } onCancel: {
      Task { await self.wakeWriters() }
    }
    try Task.checkCancellation()
    if let webSocket, !webSocket.maySend { throw webSocket.closingError }
  }

  func waitForRoom(below mark: Int) async throws {
    while output.count >= max(1, mark), webSocket?.maySend == true { try await waitForRoom(after: 0) }
  }

  private var hasNoRoom: Bool { output.count >= outputLimit && webSocket?.maySend == true }

  func resumeWriters(throwing error: WireError) {
    wakeWriters()
  }

  func webSocketDidAdvance() {
    guard let webSocket else { return }
    socket?.setReading(webSocket.takesFrames && webSocket.cutter.bufferedCount < outputLimit)
  }

  /// libwebsockets' proof for our key is the one that the server must have given.
  func webSocketDidOpen(accept: String) {
    guard let webSocket, webSocket.expectedAccept != accept else { return }
    _ = refuse("an answer whose Sec-WebSocket-Accept does not belong to our key")
  }

  func webSocketDidFail() {
    close(ClientError(.closed("libwebsockets refused the handshake"), server))
  }

  func webSocketDidEnd(outcome: String?) {
    guard case .webSocket = phase else { return }
    guard socket != nil else { return close(ClientError(.closed("the WebSocket is closed"), server)) }
    phase = .finishing
    watchOver(ClientWatch(.call(.request), for: configuration.deadlines.connect))
    flush()
  }

  func webSocketPeerIsDead() {
    guard let webSocket else { return }
    close(ClientError(.timedOut(.sign, after: webSocket.options.pongWithin), server))
  }
}
