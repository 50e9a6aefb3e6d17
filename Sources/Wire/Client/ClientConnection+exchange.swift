import HTTP

// One call: the request out, the answer in.
extension ClientConnection {
  /// Sends a request and returns when the head of its answer is here. `id` is what `take` gave.
  func perform(
    _ request: ClientRequest, as id: ClientExchange.ID, deadlines: ClientDeadlines, totalEnd: ContinuousClock.Instant?
  ) async throws -> ClientResponse {
    if case .closed(let error as ClientError) = phase {
      if !isFresh { throw StaleConnection(error: error, hasSent: false) }
      throw address.map { error.beforeSending(to: $0) } ?? error
    }
    try requireOpen()
    let exchange = ClientExchange(
      id: id, request: request, deadlines: deadlines, totalEnd: totalEnd, isOnReusedConnection: !isFresh)
    self.exchange = exchange
    send(request, for: exchange)
    while true {
      if let head = exchange.head, let address, let security {
        return ClientResponse(
          status: head.status, fields: head.fields, session: security.session, address: address,
          body: ClientResponseBody(connection: self, exchange: id))
      }
      if case .failed(let error) = exchange.receiving { throw error }
      await withCheckedContinuation { continuation in
        // Looked at in here, because getting here may cost a turn of the loop.
        if exchange.head == nil, !exchange.isAnswered { exchange.reader = continuation } else { continuation.resume() }
      }
    }
  }

  private func send(_ request: ClientRequest, for exchange: ClientExchange) {
    var bytes: [UInt8] = []
    RequestEncoder.head(
      request.method, request.url.target, authority: request.url.authority, fields: request.fields,
      framing: request.body.framing, into: &bytes)
    reader.expect(responseTo: request.method)
    output.append(bytes)
    switch request.body {
    case .none:
      break
    case .bytes(let body):
      output.append(body)
    case .stream(let length, let produce):
      exchange.sending = .streaming(lacking: length)
      let writer = ClientBodyWriter(connection: self, exchange: exchange.id)
      let id = exchange.id
      exchange.task = Task(executorPreference: loop.tasks) { await self.send(produce, through: writer, id) }
    }
    flush()
  }

  // MARK: The answer

  /// Pulls what the reader has, as far as it can be kept.
  func advance() {
    while let exchange, !exchange.isAnswered, exchange.waitingBytes < configuration.bufferLimit {
      guard take(reader.next(), for: exchange) else { break }
    }
    settle()
  }

  /// False when there is no more to take now.
  private func take(_ event: ResponseReader.Event, for exchange: ClientExchange) -> Bool {
    switch event {
    case .needsMore:
      return false
    case .head(let head) where head.status == .switchingProtocols && exchange.request.fields.contains("upgrade"):
      // Its end comes at once; what is behind it belongs to the other protocol.
      _ = reader.next()
      phase = .switched
      // What comes now, its end included, is for the other protocol to hear.
      socket?.setReading(false)
      watchOver(nil)
      exchange.begin(head)
      return false
    case .head(let head) where head.status == .switchingProtocols:
      let fault = MessageFault(.malformed, "It changes to another protocol, which nobody had asked for.")
      close(ClientError(.malformed(fault), server))
      return false
    case .head(let head):
      exchange.begin(head)
      return true
    case .body(let piece):
      exchange.add(piece)
      return true
    case .end:
      exchange.complete()
      stopSendingEarly(exchange)
      return false
    case .failed(let fault) where fault.kind == .truncated:
      close(ClientError(.brokenOff("the server said goodbye \(place(of: exchange))"), server))
      return false
    case .failed(let fault):
      close(ClientError(.malformed(fault), server))
      return false
    }
  }

  /// The connection has ended while this call was on it.
  func endExchange(because ending: ClientSocketEnding) {
    guard let exchange else { return }
    // Only TLS's goodbye tells that nothing was cut off; a body that lasts as long as its connection needs it.
    if ending == .goodbye, !exchange.isAnswered {
      while !exchange.isAnswered, take(reader.connectionEnded(), for: exchange) {}
    }
    if exchange.isComplete {
      output.removeAll()
      return release()
    }
    let error = ClientError(ending, while: place(of: exchange), server)
    if exchange.isOnReusedConnection, !exchange.hasReceived {
      exchange.fail(StaleConnection(error: error, hasSent: true))
    }
    close(error)
  }

  private func place(of exchange: ClientExchange) -> String {
    if exchange.head != nil { return "in the middle of its answer's body" }
    return exchange.hasReceived ? "in the middle of its answer's head" : "before it answered"
  }

  /// The next piece of an answer's body, nil at its proper end.
  func nextPiece(of id: ClientExchange.ID) async throws -> [UInt8]? {
    while true {
      // A later call is on the connection: the answer to this one was read to its end.
      guard let exchange, exchange.id == id else { return nil }
      if let piece = exchange.takePiece() {
        advance()
        return piece
      }
      switch exchange.receiving {
      case .complete:
        release()
        return nil
      case .failed(let error):
        throw error
      case .head, .body:
        break
      }
      settle()
      await withCheckedContinuation { continuation in
        precondition(exchange.reader == nil, "The body of an answer has one reader at a time.")
        // Looked at in here, because getting here may cost a turn of the loop.
        if exchange.hasNews { continuation.resume() } else { exchange.reader = continuation }
      }
    }
  }

  /// After every change: is more to be read, what is being waited for, is the call over?
  func settle() {
    guard case .taken = phase, let exchange else { return }
    if exchange.isComplete, exchange.waitingBytes == 0 { return release() }
    // Once the answer is complete, the server's end is worth knowing, and it has nothing else to say.
    socket?.setReading(exchange.isAnswered || exchange.waitingBytes < configuration.bufferLimit)
    watchOver(stageNow(of: exchange))
  }
}

extension ClientExchange {
  /// True when this call can no longer fail: its answer has ended and was taken.
  func isOver(_ id: ID) -> Bool {
    self.id == id && isAnswered && waitingBytes == 0
  }
}
