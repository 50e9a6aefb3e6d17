import HTTP

// What a holder does for those who read and write messages.
extension WebSocketHolder {
  func receiveMessage() async throws -> WebSocketMessage? {
    guard let session = webSocket else { throw WireError(.closed, "This is no WebSocket.") }
    while true {
      if let message = session.inbox.take() {
        if session.inbox.weight < WebSocketSession.inboxLimit { session.pipe.setDecoding(true) }
        return message
      }
      switch session.stage {
      case .closing:
        return nil
      case .ended(let end):
        guard end.cause == .brokenOff else { return nil }
        throw session.closingError
      case .opening, .open:
        break
      }
      try Task.checkCancellation()
      // A closure that does not name `self` would not be the actor's, and run anywhere (docs/decisions/0010).
      await withTaskCancellationHandler {
        await self.waitForMessage(in: session)
      } onCancel: {
        Task { await self.wakeReceiver() }
      }
    }
  }

  private func waitForMessage(in session: WebSocketSession) async {
    await withCheckedContinuation { continuation in
      precondition(session.receiver == nil, "A WebSocket has one reader at a time.")
      // Looked at in here, because getting here may cost a turn of the loop, and with it the message to wait for.
      if session.isOpen, session.inbox.isEmpty, !Task.isCancelled {
        session.receiver = continuation
      } else {
        continuation.resume()
      }
    }
  }

  private func wakeReceiver() {
    webSocket?.wakeReceiver()
  }

  func offerMessage(_ message: EncodedMessage) -> Bool {
    guard let session = webSocket, session.maySend else { return false }
    precondition(session.role == .server, "Only servers offer: what clients send has a mask for each frame.")
    let waiting = outputCount + session.turns.postponedBytes
    // Who has taken all there was is not slow, however large the next message is.
    let limit = (session.options.backlog ?? outputLimit) + session.settlingBytes
    guard waiting == 0 || waiting + message.frame.count <= limit else {
      close(.tooSlow, reason: "Too much is waiting to be read.")
      return false
    }
    queue(message, for: session)
    flush()
    return true
  }

  func sendMessage(_ message: EncodedMessage, settlingBelow mark: Int) async throws {
    guard let session = webSocket else { throw WireError(.closed, "This is no WebSocket.") }
    precondition(session.role == .server, "What clients send has a mask for each frame.")
    guard session.maySend else { throw session.closingError }
    queue(message, for: session)
    session.settlingBytes += message.frame.count
    defer { session.settlingBytes -= message.frame.count }
    try await waitForRoom(below: mark)
  }

  private func queue(_ message: EncodedMessage, for session: WebSocketSession) {
    // Nothing may stand between the fragments of a message.
    if session.turns.isTaken { session.turns.postpone(message.frame) } else { enqueue(message.frame) }
  }

  func sendMessage(_ message: WebSocketMessage) async throws {
    let turn = try await beginFragments()
    guard let session = webSocket, session.turns.current == turn else { return }
    let sent =
      switch message {
      case .text(let text): enqueueFrame(.text, Array(text.utf8), for: session)
      case .binary(let bytes): enqueueFrame(.binary, bytes, for: session)
      }
    endTurn(of: session)
    try await waitForRoom(after: sent)
  }

  func beginFragments() async throws -> Int {
    guard let session = webSocket else { throw WireError(.closed, "This is no WebSocket.") }
    while session.maySend, session.turns.isTaken {
      await withCheckedContinuation { continuation in
        if session.maySend, session.turns.isTaken { session.turns.wait(continuation) } else { continuation.resume() }
      }
    }
    guard session.maySend else { throw session.closingError }
    return session.turns.take()
  }

  func sendFragment(_ bytes: [UInt8], of kind: WebSocketMessageKind, isLast: Bool, turn: Int) async throws {
    guard let session = webSocket else { throw WireError(.closed, "This is no WebSocket.") }
    guard session.maySend, session.turns.isTaken, session.turns.current == turn else { throw session.closingError }
    let opcode: WebSocketOpcode = session.turns.hasBegun ? .continuation : kind == .text ? .text : .binary
    session.turns.hasBegun = true
    let sent = enqueueFrame(opcode, bytes, isFinal: isLast, for: session)
    if isLast { endTurn(of: session) }
    try await waitForRoom(after: sent)
  }

  private func endTurn(of session: WebSocketSession) {
    for frame in session.turns.release() { enqueue(frame) }
  }

  /// Puts a frame into the queue; a server's large payload is not copied.
  private func enqueueFrame(
    _ opcode: WebSocketOpcode, _ payload: [UInt8], isFinal: Bool = true, for session: WebSocketSession
  ) -> Int {
    var frame: [UInt8] = []
    WebSocketFrameEncoder.header(opcode, isFinal: isFinal, payloadLength: payload.count, into: &frame)
    if session.role == .client {
      enqueue(WebSocketMask.masking(header: frame, payload: payload))
    } else if payload.count <= 1024 {
      enqueue(frame + payload)
    } else {
      enqueue(frame)
      enqueue(payload)
    }
    return payload.count
  }
}
