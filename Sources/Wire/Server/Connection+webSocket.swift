import HTTP
import Telemetry

// A connection that has become a WebSocket.
//
// What the client sends: socket → FrameCutter → pipe → libwebsockets → inbox → handler. What it is sent: data frames go straight
// into the output queue, control frames come from libwebsockets through the pipe, each packet one whole frame, so that they may
// stand between any two frames of ours. Nothing of ours goes out before the handshake's answer or after a close frame.
extension Connection: WebSocketCarrier, WebSocketPipeOwner {
  /// Switches protocols and runs the handler; returns when the WebSocket is over.
  func serveWebSocket(
    _ exchange: Exchange, _ options: WebSocketOptions, subprotocol: String?,
    _ handler: @Sendable (WebSocket) async throws -> Void
  ) async {
    guard case .webSocket(let key, _) = exchange.head.upgrade, let pipe = WebSocketPipe.open(on: loop, owner: self)
    else {
      return answerAtOnce(
        exchange,
        with: .problem(Refusal(.serviceUnavailable, "The server has no room for another WebSocket. Try again later.")))
    }
    let pulse = LoopTimer(on: loop) { [unowned self] in assumeIsolated { $0.pulse() } }
    let session = WebSocketSession(
      exchange: exchange, options: options, subprotocol: subprotocol, pipe: pipe, pulse: pulse, now: .now)
    webSocket = session
    phase = .webSocket
    exchange.answer = .complete
    exchange.status = .switchingProtocols
    session.cutter.append(reader.takeBuffered())
    _ = pipe.send(WebSocketHandshake.canonicalRequest(key: key))
    setPulse(session)
    advanceWebSocket(session)
    await withCheckedContinuation { continuation in
      if case .opening = session.stage { session.opener = continuation } else { continuation.resume() }
    }
    guard session.isOpen else { return }
    await run(handler, session)
  }

  private func run(_ handler: @Sendable (WebSocket) async throws -> Void, _ session: WebSocketSession) async {
    let socket = WebSocket(subprotocol: session.subprotocol, carrier: self)
    do {
      try await handler(socket)
      close(.normal, reason: "")
    } catch {
      if session.isOpen, !Task.isCancelled {
        context.telemetry.log.error(
          "handler failed",
          [
            "request": .string(session.exchange.requestID.description), "route": .string(session.exchange.route),
            "error": .string("\(error)"),
          ])
      }
      close(.internalError, reason: "The server failed on this WebSocket.")
    }
  }

  // MARK: From the client

  func receiveFrames() {
    guard let session = webSocket else { return }
    session.vigil.heard(at: .now)
    socket?.withReceived { bytes in
      session.exchange.bytesIn += bytes.count
      if !session.isDeaf { session.cutter.append(bytes) }
    }
    advanceWebSocket(session)
  }

  /// Passes on what has come, as far as the pipe has room.
  func advanceWebSocket(_ session: WebSocketSession) {
    loop: while session.takesFrames {
      switch session.cutter.next() {
      case .needsMore:
        break loop
      case .failed(let fault):
        return breakOff(session, .protocolError, reason: fault.detail)
      case .packet(let packet, let opcode):
        if opcode != nil {
          guard WebSocketHandshake.isMasked(packet) else {
            return breakOff(session, .protocolError, reason: "A frame is not masked.")
          }
          guard !WebSocketHandshake.isHalfCodedClose(packet) else {
            return breakOff(session, .protocolError, reason: "A close frame has half a code.")
          }
          // Our pings are our own, and so are the pongs. (libwebsockets would take one inside a text for a part of it.)
          if WebSocketHandshake.isSound(.pong, packet) { continue }
          session.awaitsPong = session.isOpen && WebSocketHandshake.isSound(.ping, packet)
        }
        if !session.pipe.send(packet) { session.held = packet }
      }
    }
    adjustReading()
    watchOver(stageNow)
  }

  /// A client that breaks the framing where libwebsockets would not notice.
  private func breakOff(_ session: WebSocketSession, _ code: WebSocketCloseCode, reason: String) {
    session.isDeaf = true
    close(code, reason: reason)
    adjustReading()
  }

  func pipeDidDrain(_ pipe: WebSocketPipe) {
    guard let session = webSocket, let packet = session.held else { return }
    session.held = nil
    if pipe.send(packet) { advanceWebSocket(session) } else { session.held = packet }
  }

  func pipe(_ pipe: WebSocketPipe, didDecode piece: WebSocketPiece) -> WebSocketPipe.Verdict {
    guard let session = webSocket else { return .goOn }
    do throws(MessageInbox.Fault) {
      if try session.inbox.add(piece, limit: session.options.messageLimit) { session.wakeReceiver() }
    } catch {
      switch error {
      case .tooLong:
        return .close(.messageTooBig, reason: "A message is longer than \(session.options.messageLimit) bytes.")
      case .notUTF8:
        return .close(.notUTF8, reason: "A text is not UTF-8.")
      }
    }
    if session.inbox.weight >= WebSocketSession.inboxLimit { pipe.setDecoding(false) }
    return .goOn
  }

  func pipe(_ pipe: WebSocketPipe, didDecodeClose code: WebSocketCloseCode?, reason: String) {
    guard let session = webSocket, session.farewell == nil else { return }
    session.farewell = WebSocketEnd(cause: .peer, code: code, reason: reason)
    beginClosing(session)
  }

  // MARK: From libwebsockets to the client

  func pipeDidReceive(_ packet: [UInt8], from pipe: WebSocketPipe) {
    guard let session = webSocket else { return }
    if case .opening = session.stage { return open(session, packet) }
    send(packet, for: session.exchange)
    if session.awaitsPong, WebSocketOpcode(rawValue: packet[0]) == .pong {
      session.awaitsPong = false
      advanceWebSocket(session)
    }
    if let code = WebSocketHandshake.closeCode(in: packet) {
      // libwebsockets' own idea: the client has sent what is no frame. Neither of us can tell where the next one begins, so nobody
      // waits for the client's goodbye (RFC 6455 section 7.1.7).
      if session.farewell == nil {
        session.isDeaf = true
        session.farewell = WebSocketEnd(cause: .ourselves, code: code, reason: "The peer broke the protocol.")
      }
      if session.isDeaf { return conclude(session) }
      beginClosing(session)
    }
    flushSoon()
    if output.count >= context.outputLimit { pipe.setReceiving(false) }
  }

  /// libwebsockets has accepted the handshake; the fields are ours, as in every answer.
  private func open(_ session: WebSocketSession, _ packet: [UInt8]) {
    guard let accept = WebSocketHandshake.acceptKey(in: packet) else {
      context.telemetry.log.error("handshake refused by libwebsockets", ["listener": .string(context.name)])
      return socket?.kill() ?? ()
    }
    var fields = HTTPFields([("upgrade", "websocket"), ("sec-websocket-accept", accept)])
    if let subprotocol = session.subprotocol { fields.append("sec-websocket-protocol", subprotocol) }
    sendHead(of: Response(.switchingProtocols, fields: fields), framing: .none, for: session.exchange)
    flushSoon()
    session.stage = .open
    session.vigil.opened(at: .now)
    setPulse(session)
    session.opener?.resume()
    session.opener = nil
  }

  func pipeDidEnd(_ pipe: WebSocketPipe) {
    if let session = webSocket { conclude(session) }
  }

  // MARK: Ending

  private func beginClosing(_ session: WebSocketSession) {
    guard case .open = session.stage else { return }
    session.stage = .closing
    session.awaitsPong = false
    session.vigil.closing(at: .now)
    setPulse(session)
    session.wakeReceiver()
    session.turns.release()
    resumeWriters(throwing: Self.isClosing(session))
  }

  /// The close frames are out, or will never be: goodbye in TLS and TCP.
  private func conclude(_ session: WebSocketSession, outcome: String? = nil) {
    end(session, session.farewell ?? WebSocketEnd(cause: .brokenOff, code: nil, reason: ""))
    record(session.exchange, outcome: outcome)
    finish()
  }

  /// Nothing more comes or goes. Everybody who waits is told.
  func end(_ session: WebSocketSession, _ end: WebSocketEnd) {
    if case .ended = session.stage { return }
    session.stage = .ended(end)
    session.pulse.stop()
    session.pipe.discard()
    session.opener?.resume()
    session.opener = nil
    session.wakeReceiver()
    session.turns.release()
    resumeWriters(throwing: Self.isClosing(session))
    let enders = session.enders
    session.enders = []
    for ender in enders { ender.resume(returning: end) }
  }

  private static func isClosing(_ session: WebSocketSession) -> WireError {
    guard let end = session.farewell else { return WireError(.closed, "The WebSocket broke off.") }
    let code = end.code.map { " with \($0.rawValue)" } ?? ""
    return WireError(.closed, "The WebSocket is closed\(code)\(end.reason.isEmpty ? "." : ": \(end.reason)")")
  }

  // MARK: Signs of life

  private func setPulse(_ session: WebSocketSession) {
    session.pulse.set(after: session.vigil.next - .now)
  }

  private func pulse() {
    guard let session = webSocket, let socket else { return }
    if case .ended = session.stage { return }
    switch session.vigil.check(
      at: .now, delivered: socket.deliveredBytes, isListening: socket.isReading)
    {
    case .wait:
      break
    case .ping:
      var ping: [UInt8] = []
      WebSocketFrameEncoder.ping(into: &ping)
      send(ping, for: session.exchange)
      flushSoon()
    case .dead:
      context.telemetry.evictions.add()
      context.telemetry.log.info(
        "deadline passed",
        ["peer": .string(address.host), "stage": "pong", "listener": .string(context.name)])
      record(session.exchange, outcome: "dead-peer")
      return socket.reset()
    case .overdue:
      return conclude(session, outcome: "close-unanswered")
    }
    setPulse(session)
  }

  // MARK: For handlers

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
        throw WireError(.closed, "The WebSocket of \(address) broke off.")
      case .opening, .open:
        break
      }
      try Task.checkCancellation()
      await withCheckedContinuation { continuation in
        precondition(session.receiver == nil, "A WebSocket has one reader at a time.")
        // Looked at in here, because getting here may cost a turn of the loop, and with it the message to wait for.
        if session.isOpen, session.inbox.isEmpty { session.receiver = continuation } else { continuation.resume() }
      }
    }
  }

  func offerMessage(_ message: EncodedMessage) -> Bool {
    guard let session = webSocket, session.isOpen, !session.turns.isTaken else { return false }
    guard output.count + message.frame.count <= context.outputLimit else {
      context.telemetry.evictions.add()
      close(.tooSlow, reason: "Too much is waiting to be read.")
      return false
    }
    send(message.frame, for: session.exchange)
    flush()
    return true
  }

  func sendMessage(_ message: WebSocketMessage) async throws {
    let turn = try await beginFragments()
    guard let session = webSocket, session.turns.current == turn else { return }
    let sent =
      switch message {
      case .text(let text): queueFrame(.text, Array(text.utf8), for: session)
      case .binary(let bytes): queueFrame(.binary, bytes, for: session)
      }
    session.turns.release()
    try await waitForRoom(after: sent)
  }

  func beginFragments() async throws -> Int {
    guard let session = webSocket else { throw WireError(.closed, "This is no WebSocket.") }
    while session.isOpen, session.turns.isTaken {
      await withCheckedContinuation { continuation in
        if session.isOpen, session.turns.isTaken { session.turns.wait(continuation) } else { continuation.resume() }
      }
    }
    guard session.isOpen else { throw Self.isClosing(session) }
    return session.turns.take()
  }

  func sendFragment(_ bytes: [UInt8], of kind: WebSocketMessageKind, isLast: Bool, turn: Int) async throws {
    guard let session = webSocket, session.isOpen, session.turns.isTaken, session.turns.current == turn else {
      throw webSocket.map(Self.isClosing) ?? WireError(.closed, "This is no WebSocket.")
    }
    let opcode: WebSocketOpcode = session.turns.hasBegun ? .continuation : kind == .text ? .text : .binary
    session.turns.hasBegun = true
    let sent = queueFrame(opcode, bytes, isFinal: isLast, for: session)
    if isLast { session.turns.release() }
    try await waitForRoom(after: sent)
  }

  /// Puts a frame into the queue; large payloads are not copied.
  private func queueFrame(
    _ opcode: WebSocketOpcode, _ payload: [UInt8], isFinal: Bool = true, for session: WebSocketSession
  ) -> Int {
    var frame: [UInt8] = []
    WebSocketFrameEncoder.header(opcode, isFinal: isFinal, payloadLength: payload.count, into: &frame)
    if payload.count <= 1024 {
      frame += payload
      send(frame, for: session.exchange)
    } else {
      send(frame, for: session.exchange)
      send(payload, for: session.exchange)
    }
    return payload.count
  }

  func close(_ code: WebSocketCloseCode, reason: String) {
    guard let session = webSocket, session.farewell == nil else { return }
    session.farewell = WebSocketEnd(cause: .ourselves, code: code, reason: reason)
    // In the middle of a fragmented message only its rest may follow, or this.
    beginClosing(session)
    session.pipe.setReceiving(true)
    session.pipe.beginClosing(code, reason: reason)
  }

  func untilEnded() async -> WebSocketEnd {
    guard let session = webSocket else { return WebSocketEnd(cause: .brokenOff, code: nil, reason: "") }
    return await withCheckedContinuation { continuation in
      if case .ended(let end) = session.stage {
        continuation.resume(returning: end)
      } else {
        session.enders.append(continuation)
      }
    }
  }
}
