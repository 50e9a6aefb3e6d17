import HTTP

/// An actor with a TLS connection that has become a WebSocket: the server's connection, or the client's.
///
/// What the peer sends: socket → FrameCutter → pipe → libwebsockets → inbox → reader. What it is sent: data frames go straight into
/// the holder's output queue, control frames come from libwebsockets through the pipe, each packet one whole frame, so that they
/// may stand between any two frames of ours. Nothing of ours goes out before the handshake's answer or after a close frame.
///
/// libwebsockets always plays the server. For a client's WebSocket the masks are moved: what the server sends gets one of zeros,
/// what it is sent gets a random one.
protocol WebSocketHolder: WebSocketCarrier, WebSocketPipeOwner {
  var webSocket: WebSocketSession? { get }
  /// Bytes in the output queue, and how many there may be before writers wait.
  var outputCount: Int { get }
  nonisolated var outputLimit: Int { get }
  /// Bytes that the peer has taken.
  var deliveredBytes: Int { get }
  /// What the peer sends is being read.
  var isReading: Bool { get }

  /// Puts bytes into the output queue.
  func enqueue(_ bytes: [UInt8])
  func flush()
  /// Flushes before the loop sleeps.
  func flushSoon()
  /// Returns when there is room for more, after so many bytes were queued.
  func waitForRoom(after count: Int) async throws
  /// Returns when less than so many bytes wait.
  func waitForRoom(below mark: Int) async throws
  func resumeWriters(throwing error: WireError)
  /// What has come was passed on, or could not be: reading may have to stop, or go on.
  func webSocketDidAdvance()
  /// libwebsockets has accepted the handshake and says this as its proof.
  func webSocketDidOpen(accept: String)
  /// The inner handshake failed, which it never does.
  func webSocketDidFail()
  /// No further byte will be queued: say goodbye.
  func webSocketDidEnd(outcome: String?)
  /// The peer gives no sign of life.
  func webSocketPeerIsDead()
}

// MARK: From the peer

extension WebSocketHolder {
  /// Passes on what has come, as far as the pipe has room.
  func advanceWebSocket(_ session: WebSocketSession) {
    loop: while session.takesFrames {
      switch session.cutter.next() {
      case .needsMore:
        break loop
      case .failed(let fault):
        return breakOff(session, reason: fault.detail)
      case .packet(let packet, let opcode):
        if let fault = session.pass(packet, beginning: opcode) { return breakOff(session, reason: fault) }
      }
    }
    if session.peerIsGone, session.held == nil { session.pipe.finishSending() }
    webSocketDidAdvance()
  }

  /// The connection has ended. What it had brought is decoded and delivered nevertheless: messages, and perhaps the close frame of a
  /// peer that did not wait. False when there is nothing to wait for.
  func outlivesPeer(_ session: WebSocketSession, because breakage: String? = nil) -> Bool {
    switch session.stage {
    // A client that left before it had our answer has said nothing that counts.
    case .opening where session.role == .server: return false
    case .ended: return false
    case .opening, .open, .closing: break
    }
    guard !session.peerIsGone else { return false }
    session.peerIsGone = true
    session.breakage = breakage
    session.awaitsPong = false
    session.vigil.closing(at: .now)
    setPulse(session)
    session.turns.release()
    resumeWriters(throwing: session.closingError)
    session.pipe.setReceiving(true)
    advanceWebSocket(session)
    return true
  }

  /// A peer that breaks the protocol.
  private func breakOff(_ session: WebSocketSession, reason: String) {
    session.isDeaf = true
    close(.protocolError, reason: reason)
    webSocketDidAdvance()
  }

  func pipeDidDrain(_ pipe: WebSocketPipe) {
    guard let session = webSocket, let packet = session.held else { return }
    session.held = pipe.send(packet) ? nil : packet
    advanceWebSocket(session)
  }

  func pipe(_ pipe: WebSocketPipe, didDecode piece: WebSocketPiece) -> WebSocketPipe.Verdict {
    guard let session = webSocket else { return .goOn }
    do throws(MessageInbox.Fault) {
      if try session.inbox.add(piece, limit: session.options.messageLimit) { session.wakeReceiver() }
    } catch {
      let (code, reason): (WebSocketCloseCode, String) =
        switch error {
        case .tooLong: (.messageTooBig, "A message is longer than \(session.options.messageLimit) bytes.")
        case .notUTF8: (.notUTF8, "A text is not UTF-8.")
        }
      session.farewell = WebSocketEnd(cause: .ourselves, code: code, reason: reason)
      beginClosing(session)
      return .close(code, reason: reason)
    }
    if session.inbox.weight >= WebSocketSession.inboxLimit { pipe.setDecoding(false) }
    return .goOn
  }

  func pipe(_ pipe: WebSocketPipe, didDecodeClose code: WebSocketCloseCode?, reason: String) {
    guard let session = webSocket, session.farewell == nil else { return }
    session.farewell = WebSocketEnd(cause: .peer, code: code, reason: reason)
    beginClosing(session)
  }

  // MARK: From libwebsockets to the peer

  func pipeDidReceive(_ packet: [UInt8], from pipe: WebSocketPipe) {
    guard let session = webSocket else { return }
    if case .opening = session.stage { return open(session, packet) }
    enqueue(session.role == .server ? packet : WebSocketMask.masking(packet))
    if session.awaitsPong, WebSocketOpcode(rawValue: packet[0]) == .pong {
      session.awaitsPong = false
      advanceWebSocket(session)
    }
    if let code = WebSocketHandshake.closeCode(in: packet) {
      // libwebsockets' own idea: the peer has sent what is no frame. Neither of us can tell where the next one begins, so nobody
      // waits for the peer's goodbye (RFC 6455 section 7.1.7).
      if session.farewell == nil {
        session.isDeaf = true
        session.farewell = WebSocketEnd(cause: .ourselves, code: code, reason: "The peer broke the protocol.")
      }
      if session.isDeaf { return conclude(session) }
      beginClosing(session)
      // What a ping has held up so far may have the peer's goodbye behind it.
      advanceWebSocket(session)
    }
    flushSoon()
    if outputCount >= outputLimit { pipe.setReceiving(false) }
  }

  private func open(_ session: WebSocketSession, _ packet: [UInt8]) {
    guard let accept = WebSocketHandshake.acceptKey(in: packet) else { return webSocketDidFail() }
    webSocketDidOpen(accept: accept)
    guard case .opening = session.stage else { return }
    session.stage = .open
    session.hasOpened = true
    session.vigil.opened(at: .now)
    setPulse(session)
    session.opener?.resume()
    session.opener = nil
  }

  func pipeDidEnd(_ pipe: WebSocketPipe) {
    if let session = webSocket { conclude(session) }
  }
}

// MARK: Ending

extension WebSocketHolder {
  func close(_ code: WebSocketCloseCode, reason: String) {
    guard let session = webSocket, session.farewell == nil else { return }
    // Nobody is there to hear it, and whoever says it wants to hear no more.
    guard !session.peerIsGone else { return conclude(session) }
    let close = WebSocketClose(code, reason: reason)
    session.farewell = WebSocketEnd(cause: .ourselves, code: close.code, reason: close.reason)
    beginClosing(session)
    session.pipe.setReceiving(true)
    session.pipe.beginClosing(close.code, reason: close.reason)
    advanceWebSocket(session)
  }

  func beginClosing(_ session: WebSocketSession) {
    guard case .open = session.stage else { return }
    sayFarewell(session)
    session.stage = .closing
    session.awaitsPong = false
    session.vigil.closing(at: .now)
    setPulse(session)
    tellAll(session)
  }

  /// A last word of ours, before our close frame.
  private func sayFarewell(_ session: WebSocketSession) {
    guard session.role == .server, session.maySend, let end = session.farewell, end.cause == .ourselves,
      let code = end.code, let message = session.options.farewell?(code, end.reason),
      // It may not stand inside another message.
      !(session.turns.isTaken && session.turns.hasBegun)
    else { return }
    enqueue(message.frame)
  }

  /// The close frames are out, or will never be: goodbye in TLS and TCP.
  func conclude(_ session: WebSocketSession, outcome: String? = nil) {
    endWebSocket(session)
    webSocketDidEnd(outcome: outcome)
  }

  /// Nothing more comes or goes.
  func endWebSocket(_ session: WebSocketSession) {
    if case .ended = session.stage { return }
    let end = session.farewell ?? WebSocketEnd(cause: .brokenOff, code: nil, reason: "")
    session.stage = .ended(end)
    session.pulse.stop()
    session.pipe.discard()
    session.opener?.resume()
    session.opener = nil
    tellAll(session)
    let enders = session.enders
    session.enders = []
    for ender in enders { ender.resume(returning: end) }
  }

  private func tellAll(_ session: WebSocketSession) {
    session.wakeReceiver()
    session.turns.release()
    resumeWriters(throwing: session.closingError)
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

  // MARK: Signs of life

  func setPulse(_ session: WebSocketSession) {
    session.pulse.set(after: session.vigil.next - .now)
  }

  func pulse() {
    guard let session = webSocket else { return }
    if case .ended = session.stage { return }
    switch session.vigil.check(at: .now, delivered: deliveredBytes, isListening: isReading) {
    case .wait:
      break
    case .ping:
      var ping: [UInt8] = []
      WebSocketFrameEncoder.ping(into: &ping)
      enqueue(session.role == .server ? ping : WebSocketMask.masking(ping))
      flushSoon()
    case .dead:
      return webSocketPeerIsDead()
    case .overdue:
      return conclude(session, outcome: session.peerIsGone ? nil : "close-unanswered")
    }
    setPulse(session)
  }
}
