import HTTP

// Bytes out, with back-pressure.
extension ClientConnection {
  /// Adds to a streamed request body; returns when there is room for more.
  func write(_ bytes: [UInt8], for id: ClientExchange.ID) async throws {
    let exchange = try sendingExchange(id)
    guard !bytes.isEmpty, case .streaming(let lacking) = exchange.sending else { return }
    if let lacking {
      guard bytes.count <= lacking else { throw wrongLength(exchange) }
      exchange.sending = .streaming(lacking: lacking - bytes.count)
      output.append(bytes)
    } else {
      var framed: [UInt8] = []
      ChunkEncoder.chunk(bytes, into: &framed)
      output.append(framed)
    }
    flush()
    try Task.checkCancellation()
    if mustWait(id) {
      await withCheckedContinuation { continuation in
        // Looked at once more, because getting here may cost a turn of the loop, and with it the flush to wait for.
        if mustWait(id) { writers.append(continuation) } else { continuation.resume() }
      }
    } else {
      // A writer whose server keeps up would never let go of the loop.
      await Task.yield()
    }
    // Behind the last byte that was promised, the end of the call is no failure.
    if !exchange.isWholeRequestQueued { _ = try sendingExchange(id) }
  }

  private func mustWait(_ id: ClientExchange.ID) -> Bool {
    guard let exchange, exchange.id == id, case .streaming = exchange.sending else { return false }
    return output.count >= configuration.bufferLimit
  }

  /// The call that may add to its request. Throws why it may not.
  private func sendingExchange(_ id: ClientExchange.ID) throws -> ClientExchange {
    guard let exchange, exchange.id == id else { throw ClientError(.closed("the call is over"), server) }
    switch exchange.sending {
    case .streaming: return exchange
    case .queued, .stopped:
      if case .failed(let error) = exchange.receiving { throw error }
      throw ClientError(exchange.isComplete ? .answeredEarly : .closed("the call is over"), server)
    }
  }

  /// Runs the maker of a streamed body, to its end or its failure.
  func send(
    _ produce: @Sendable (ClientBodyWriter) async throws -> Void, through writer: ClientBodyWriter,
    _ id: ClientExchange.ID
  ) async {
    do {
      try await produce(writer)
      finishSending(id)
    } catch {
      failSending(id, with: error)
    }
  }

  /// The body's maker is done.
  private func finishSending(_ id: ClientExchange.ID) {
    guard let exchange, exchange.id == id, case .streaming(let lacking) = exchange.sending else { return }
    if let lacking {
      guard lacking == 0 else { return close(wrongLength(exchange)) }
    } else {
      var end: [UInt8] = []
      ChunkEncoder.lastChunk(into: &end)
      output.append(end)
    }
    exchange.sending = .queued
    flush()
  }

  /// The body's maker has failed: a part must not look like the whole. After the answer it is of no interest.
  private func failSending(_ id: ClientExchange.ID, with error: any Error) {
    guard let exchange, exchange.id == id, case .streaming = exchange.sending else { return }
    close(error)
  }

  private func wrongLength(_ exchange: ClientExchange) -> ClientError {
    guard case .stream(let promised?, _) = exchange.request.body else {
      preconditionFailure("Only a stream with a length can have another.")
    }
    return ClientError(.wrongLength(promised: promised), server)
  }

  /// Writes what is queued, as far as the socket takes it: at once, without waiting to be called back.
  func flush() {
    guard let socket, let core = loop.liveCore else { return }
    while !output.isEmpty, !isBlocked {
      let outcome = output.offer(limit: TLSSocket.recordSize, scratch: &core.scratch) { bytes, offset, count in
        socket.write(bytes, from: offset, count: count)
      }
      switch outcome {
      case .wrote:
        watch?.moved()
      case .full:
        isBlocked = true
        socket.notifyWhenWritable()
      case .failed:
        // The reason is told by reading: an alert, an answer that came early, or the connection's end.
        stopSending()
        exchange?.sentAt = .now
      }
    }
    if output.isEmpty, let exchange, exchange.sentAt == nil, exchange.isWholeRequestQueued { exchange.sentAt = .now }
    if output.count < configuration.bufferLimit / 2 {
      wakeWriters()
      webSocket?.pipe.setReceiving(true)
    }
    if case .finishing = phase, output.isEmpty { return close(ClientError(.closed("the WebSocket is closed"), server)) }
    settle()
  }

  /// The answer is complete. What is unsent of the request nobody wants.
  func stopSendingEarly(_ exchange: ClientExchange) {
    guard exchange.isWholeRequestQueued, output.isEmpty else { return stopSending() }
    exchange.sending = .queued
  }

  func stopSending() {
    output.removeAll()
    isBlocked = false
    exchange?.sending = .stopped
    exchange?.task?.cancel()
    wakeWriters()
  }

  func wakeWriters() {
    let waiting = writers
    writers = []
    for writer in waiting { writer.resume() }
  }
}
