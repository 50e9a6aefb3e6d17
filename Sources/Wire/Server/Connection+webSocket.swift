import HTTP
import Telemetry

// A connection that has become a WebSocket.
extension Connection: WebSocketHolder {
  /// Switches protocols and runs the handler; returns when that has.
  func serveWebSocket(
    _ exchange: Exchange, _ options: WebSocketOptions, subprotocol: String?,
    _ handler: @Sendable (WebSocket) async throws -> Void
  ) async {
    // It would be told to go at once, and those that are open already have been.
    if let leaving { return answerAtOnce(exchange, with: .problem(leaving.refusal)) }
    guard case .webSocket(let key, _) = exchange.head.upgrade, let pipe = WebSocketPipe.open(on: loop, owner: self)
    else {
      return answerAtOnce(
        exchange,
        with: .problem(
          Refusal(
            .serviceUnavailable, "The server has no room for another WebSocket. Try again later.", code: "no-room")))
    }
    let pulse = LoopTimer(on: loop) { [unowned self] in assumeIsolated { $0.pulse() } }
    let session = WebSocketSession(
      as: .server, options: options, subprotocol: subprotocol, pipe: pipe, pulse: pulse, now: .now)
    webSocket = session
    phase = .webSocket(exchange)
    exchange.answer = .complete
    exchange.status = .switchingProtocols
    session.cutter.append(reader.takeBuffered())
    await session.open(key: key, for: self)
    // Getting here may cost a turn of the loop. What the client has said and done meanwhile is the handler's to see.
    if session.hasOpened { await run(handler, session, exchange) }
  }

  private func run(
    _ handler: @Sendable (WebSocket) async throws -> Void, _ session: WebSocketSession, _ exchange: Exchange
  ) async {
    do {
      try await handler(WebSocket(subprotocol: session.subprotocol, carrier: self))
      close(.normal, reason: "")
    } catch {
      if session.maySend { logFailure(of: exchange, error) }
      close(.internalError, reason: "The server failed on this WebSocket.")
    }
  }

  func receiveFrames(for exchange: Exchange) {
    guard let session = webSocket else { return }
    session.vigil.heard(at: .now)
    socket?.withReceived { bytes in
      exchange.bytesIn += bytes.count
      if !session.isDeaf { session.cutter.append(bytes) }
    }
    advanceWebSocket(session)
  }

  // MARK: For the session

  var outputCount: Int { output.count }
  nonisolated var outputLimit: Int { context.outputLimit }
  var deliveredBytes: Int { socket?.deliveredBytes ?? 0 }
  var isReading: Bool { socket?.isReading ?? false }

  func enqueue(_ bytes: [UInt8]) {
    if case .webSocket(let exchange) = phase { exchange.bytesOut += bytes.count }
    output.append(bytes)
  }

  func webSocketDidAdvance() {
    adjustReading()
    watchOver(stageNow)
  }

  /// The answer's fields are ours, as in every answer.
  func webSocketDidOpen(accept: String) {
    guard case .webSocket(let exchange) = phase else { return }
    var fields = HTTPFields([("upgrade", "websocket"), ("sec-websocket-accept", accept)])
    if let subprotocol = webSocket?.subprotocol { fields.append("sec-websocket-protocol", subprotocol) }
    sendHead(of: Response(.switchingProtocols, fields: fields), framing: .none, for: exchange)
    flushSoon()
  }

  func webSocketDidFail() {
    context.telemetry.log.error("handshake refused by libwebsockets", ["listener": .string(context.name)])
    socket?.kill()
  }

  func webSocketDidEnd(outcome: String?) {
    guard case .webSocket(let exchange) = phase else { return }
    var outcome = outcome
    if let farewell = webSocket?.farewell, farewell.cause == .ourselves, farewell.code == .tooSlow {
      countEviction()
      outcome = "slow-reader"
    }
    guard socket != nil else {
      // Without a goodbye of the client's the connection has only broken off, whatever we said.
      if webSocket?.isDeaf == true { record(exchange, outcome: outcome) }
      return close()
    }
    record(exchange, outcome: outcome)
    finish()
  }

  func webSocketPeerIsDead() {
    guard case .webSocket(let exchange) = phase else { return }
    countEviction()
    context.telemetry.log.info(
      "deadline passed", ["peer": .string(address.host), "stage": "pong", "listener": .string(context.name)])
    record(exchange, outcome: "dead-peer")
    socket?.reset()
  }
}
