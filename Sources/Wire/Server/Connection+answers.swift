import HTTP
import Telemetry

// From answers to bytes.
extension Connection {
  /// Puts a handler's answer on its way; returns when the last byte of it is in the queue, or events can come.
  func answer(_ id: Exchange.ID, with response: Response) async {
    guard let exchange = current(id), exchange.answer == .pending else { return }
    switch response.body {
    case .empty, .bytes:
      answerAtOnce(exchange, with: response)
    case .file(let file):
      await stream(response, for: exchange, length: file.length) { writer in
        try await file.forEachPiece { try await writer.write($0) }
      }
    case .stream(let length, let produce):
      await stream(response, for: exchange, length: length, produce)
    case .events(let options, let produce):
      // In a task of its own: a task keeps the room that it once needed on its deepest way, and a stream may be open for days.
      exchange.task = Task(executorPreference: loop.tasks) {
        await self.streamEvents(response, for: id, options, produce)
      }
    case .webSocket(let options, let subprotocol, let handler):
      await serveWebSocket(exchange, options, subprotocol: subprotocol, handler)
    }
  }

  /// An answer whose body is here: head and body leave in one piece.
  func answerAtOnce(_ exchange: Exchange, with response: Response) {
    var body: [UInt8] = []
    if case .bytes(let bytes) = response.body { body = bytes }
    let framing: ResponseFraming = response.status.forbidsBody ? .none : .length(body.count)
    sendHead(of: response, framing: framing, for: exchange)
    if exchange.head.method != .head, !response.status.forbidsBody { send(body, for: exchange) }
    complete(exchange)
  }

  private func stream(
    _ response: Response, for exchange: Exchange, length: Int?,
    _ produce: @Sendable (BodyWriter) async throws -> Void
  ) async {
    let framing: ResponseFraming =
      if response.status.forbidsBody {
        .none
      } else if let length {
        .length(length)
      } else {
        exchange.head.version == .http11 ? .chunked : .untilClose
      }
    sendHead(of: response, framing: framing, for: exchange)
    guard exchange.head.method != .head, !response.status.forbidsBody else { return complete(exchange) }
    exchange.answer = .streaming(chunked: framing == .chunked, lacking: length)
    flush()
    do {
      try await produce(BodyWriter(connection: self, exchange: exchange.id))
    } catch {
      return breakOff(exchange, because: error)
    }
    // Another look: the peer may have gone, or a deadline passed, while the body was made.
    guard current(exchange.id) != nil, case .streaming(let chunked, let lacking) = exchange.answer else { return }
    if let lacking, lacking > 0 {
      return breakOff(exchange, because: WireError(.request, "The answer ended \(lacking) bytes short of its length."))
    }
    if chunked {
      var end: [UInt8] = []
      ChunkEncoder.lastChunk(into: &end)
      send(end, for: exchange)
    }
    complete(exchange)
  }

  /// A part must not look like the whole: the connection is cut without the end that the framing asks for.
  private func breakOff(_ exchange: Exchange, because error: any Error) {
    guard current(exchange.id) != nil else { return }
    context.telemetry.log.error(
      "answer broken off",
      [
        "request": .string(exchange.requestID.description), "route": .string(exchange.route),
        "error": .string("\(error)"),
      ])
    record(exchange, outcome: "broken-off")
    socket?.reset()
  }

  /// Adds to a streamed answer; returns when there is room for more.
  func write(_ bytes: [UInt8], for id: Exchange.ID) async throws {
    guard let exchange = current(id), case .streaming(let chunked, let lacking) = exchange.answer else {
      throw WireError(.closed, "The request is over.")
    }
    guard !bytes.isEmpty else { return }
    if let lacking {
      guard bytes.count <= lacking else {
        throw WireError(.request, "The answer is longer than the length it has promised.")
      }
      exchange.answer = .streaming(chunked: chunked, lacking: lacking - bytes.count)
    }
    if chunked {
      var framed: [UInt8] = []
      framed.reserveCapacity(bytes.count + 16)
      ChunkEncoder.chunk(bytes, into: &framed)
      send(framed, for: exchange)
    } else {
      send(bytes, for: exchange)
    }
    flush()
    try await waitForRoom(after: bytes.count)
    guard current(id) != nil else { throw WireError(.closed, "The peer at \(address) has gone.") }
  }

  /// For whoever has queued so many bytes: returns when there is room for more.
  func waitForRoom(after count: Int) async throws {
    // A full record is worth a write of its own; less than that waits for what else this turn of the loop brings.
    if output.count >= TLSSocket.recordSize { flush() } else { flushSoon() }
    try Task.checkCancellation()
    await waitForTurn(after: count)
    guard mustWait else { return }
    try await withCheckedThrowingContinuation { continuation in
      // Looked at once more, because getting here may cost a turn of the loop, and with it the flush to wait for.
      if mustWait { writers.append(continuation) } else { continuation.resume() }
    }
  }

  /// For a WebSocket: returns when less than so many bytes wait.
  func waitForRoom(below mark: Int) async throws {
    flush()
    while waits(for: mark) {
      try Task.checkCancellation()
      try await withCheckedThrowingContinuation { continuation in
        // Looked at once more, because getting here may cost a turn of the loop, and with it the flush to wait for.
        if waits(for: mark) { writers.append(continuation) } else { continuation.resume() }
      }
    }
    if let webSocket, !webSocket.maySend { throw webSocket.closingError }
  }

  private func waits(for mark: Int) -> Bool {
    output.count >= max(1, mark) && socket != nil && webSocket?.maySend == true
  }

  func resumeWriters(throwing error: WireError) {
    let waiting = writers
    writers = []
    for writer in waiting { writer.resume(throwing: error) }
  }

  /// There is no room in the queue. (Once the connection is closed nobody would come to tell that there is.)
  private var mustWait: Bool { output.count >= context.outputLimit && socket != nil }

  /// A writer whose reader keeps up would never let go of the loop, where others wait to be served.
  private func waitForTurn(after count: Int) async {
    // What a write costs even when it is small.
    writtenInTurn += count + 512
    guard writtenInTurn >= context.outputLimit else { return }
    writtenInTurn = 0
    await Task.yield()
  }

  func sendHead(of response: Response, framing: ResponseFraming, for exchange: Exchange) {
    var fields = response.fields
    context.complete(&fields, for: exchange.head)
    fields["x-request-id"] = exchange.requestID.description
    // A body that was not read to its end would be taken for the next request.
    exchange.keepsConnection =
      exchange.head.keepAlive && exchange.body.isComplete && leaving == nil && framing != .untilClose
    exchange.status = response.status
    var bytes: [UInt8] = []
    bytes.reserveCapacity(512)
    ResponseEncoder.head(
      ResponseHead(response.status, fields: fields), framing: framing, version: exchange.head.version,
      keepAlive: exchange.keepsConnection, date: loop.core.httpDate(), into: &bytes)
    send(bytes, for: exchange)
  }

  func send(_ bytes: [UInt8], for exchange: Exchange) {
    exchange.bytesOut += bytes.count
    output.append(bytes)
  }

  /// The answer is in the queue: the next request, or goodbye.
  func complete(_ exchange: Exchange, outcome: String? = nil) {
    exchange.answer = .complete
    record(exchange, outcome: outcome)
    // A stop may have been asked for after the head went out; a client has to expect the end between two requests anyway.
    guard exchange.keepsConnection, leaving == nil else { return finish() }
    phase = .waiting(isFirst: false)
    flush()
  }

  // MARK: Refusing

  /// Answers bytes that are no acceptable request. The connection ends with it.
  func refuse(_ refusal: Refusal, to head: RequestHead? = nil) {
    let sent = sendRefusal(refusal, to: head)
    context.telemetry.record(
      RequestRecord(
        requestID: .generate(using: &loop.core.names), peer: address.host, method: "-", route: "none",
        status: refusal.status.code, bytesIn: 0,
        bytesOut: sent, duration: .zero, outcome: "refused"))
    finish()
  }

  /// Ends a request that went wrong after its head: by the refusal, if its answer has not begun.
  func abort(_ exchange: Exchange, with refusal: Refusal) {
    exchange.failBody(refusal)
    exchange.task?.cancel()
    guard exchange.answer == .pending else {
      record(exchange, outcome: "broken-off")
      socket?.reset()
      return
    }
    exchange.answer = .complete
    exchange.status = refusal.status
    exchange.bytesOut += sendRefusal(refusal, to: exchange.head)
    record(exchange, outcome: "refused")
    finish()
  }

  private func sendRefusal(_ refusal: Refusal, to head: RequestHead? = nil) -> Int {
    let response = Response.problem(refusal)
    guard case .bytes(let body) = response.body else { return 0 }
    var fields = response.fields
    context.complete(&fields, for: head)
    var bytes: [UInt8] = []
    ResponseEncoder.head(
      ResponseHead(response.status, fields: fields), framing: .length(body.count), version: .http11,
      keepAlive: false, date: loop.core.httpDate(), into: &bytes)
    bytes += body
    output.append(bytes)
    return bytes.count
  }

  // MARK: Sending

  /// Has the queue written before the loop sleeps: what else comes in this turn leaves in the same write.
  func flushSoon() {
    guard !isFlushDue, socket != nil else { return }
    isFlushDue = true
    loop.core.flushSoon(self)
  }

  nonisolated func turnIsOver() {
    assumeIsolated { connection in
      connection.isFlushDue = false
      connection.flush()
    }
  }

  /// Events or frames go out whenever there are some, and reading does not depend on them.
  private var isStreaming: Bool {
    switch phase {
    case .webSocket: true
    case .exchanging(let exchange): exchange.events != nil && exchange.body.isComplete
    case .waiting, .receivingHead, .finishing, .lingering, .closed: false
    }
  }

  /// Writes what is queued, as far as the socket takes it: at once, without waiting to be called back.
  func flush() {
    guard let socket else { return }
    let core = loop.core
    while !output.isEmpty, !isBlocked {
      let outcome = output.offer(limit: TLSSocket.recordSize, scratch: &core.scratch) { bytes, offset, count in
        socket.write(bytes, from: offset, count: count)
      }
      switch outcome {
      case .wrote:
        break
      case .full:
        isBlocked = true
        socket.notifyWhenWritable()
      case .failed:
        return socket.kill()
      }
    }
    if output.count < context.outputLimit / 2, !writers.isEmpty {
      let waiting = writers
      writers = []
      for writer in waiting { writer.resume() }
    }
    if case .finishing = phase, output.isEmpty { return sayGoodbye() }
    if output.count < context.outputLimit / 2 { webSocket?.pipe.setReceiving(true) }
    // The way of nearly every event: all of it is gone, and nothing else has changed.
    if isStreaming, output.isEmpty, watch == nil { return }
    // Room may have come for requests that wait in the reader.
    if case .waiting = phase, !isBlocked, reader.bufferedCount > 0 { return advance() }
    adjustReading()
    watchOver(stageNow)
  }
}
