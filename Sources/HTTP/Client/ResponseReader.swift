/// Reads HTTP/1.1 answers from the bytes of a connection and faults on everything RFC 9110 and 9112 leave in doubt.
///
/// A value without I/O: `append` only stores bytes, `next` parses as far as the next event, so a caller that does not pull
/// holds the server back by `bufferedCount`. The events depend on the bytes alone, never on how they were cut (only the
/// cuts of the body do).
package struct ResponseReader: Sendable {
  package enum Event: Sendable, Equatable {
    /// Everything appended so far is used up; the connection may have ended in good order.
    case needsMore
    /// The final status, or 101. Other interim answers are skipped.
    case head(ResponseHead)
    /// A piece of the body: never empty, at most `maxBodyPiece` bytes.
    case body([UInt8])
    /// The answer is complete. Comes once for every head, also where there is no body.
    case end(trailers: HTTPFields)
    /// The answer cannot be relied on. Close; every later event is the same.
    case failed(MessageFault)
  }

  private enum Phase {
    case statusLine
    case fields(StatusLine)
    case body
    /// No answer follows: the last one said so, or another protocol does.
    case finished
    case failed(MessageFault)
  }

  private enum Successor {
    case answer, nothing, otherProtocol
  }

  private let limits: ResponseLimits
  private var input = ByteQueue()
  private var phase = Phase.statusLine
  private var lineParser: StatusLineParser
  private var fieldParser: FieldSectionParser
  private var body: BodyReader
  /// The methods of the requests that are not answered yet, the earliest first.
  private var expected: [HTTPMethod] = []
  private var interimCount = 0
  /// What comes behind the answer being read, or read last.
  private var successor = Successor.answer
  private var hasEnded = false

  package init(limits: ResponseLimits = ResponseLimits()) {
    self.limits = limits
    lineParser = StatusLineParser(maxLength: limits.maxStatusLine)
    fieldParser = FieldSectionParser(limits: limits.fieldLimits)
    body = BodyReader(.none, limits: limits.bodyLimits)
  }

  /// Says that a request is sent. Call it before the answer can come; requests are answered in the order of the calls.
  package mutating func expect(responseTo method: HTTPMethod) {
    precondition(method != .connect, "CONNECT is not spoken here: what its answer is followed by is no HTTP.")
    expected.append(method)
  }

  /// Stores bytes to be parsed. After a fault, or behind a last answer, they are dropped.
  package mutating func append(_ bytes: Span<UInt8>) {
    if isListening { input.append(bytes) }
  }

  package mutating func append(_ bytes: [UInt8]) {
    if isListening { input.append(bytes) }
  }

  /// How many bytes wait to be parsed.
  package var bufferedCount: Int { input.count }

  /// Every request is answered and nothing is buffered: the connection may be closed without cutting anything off.
  package var isIdle: Bool {
    switch phase {
    case .statusLine: expected.isEmpty && input.count == 0
    case .finished: expected.isEmpty && successor == .nothing
    case .fields, .body, .failed: false
    }
  }

  /// Another request may be sent: nothing is outstanding, and neither the last answer nor the end of the connection
  /// forbids it.
  package var mayReuseConnection: Bool { isIdle && successor == .answer && !hasEnded }

  /// Parses as far as the next event.
  package mutating func next() -> Event {
    do throws(MessageFault) {
      return try advance()
    } catch {
      phase = .failed(error)
      input.removeAll()
      return .failed(error)
    }
  }

  /// Says that the server closed the connection in good order, and parses as far as the next event.
  ///
  /// A body until the close ends with it; an answer that is due or not complete has failed as `truncated`. What was
  /// buffered comes first, so pull with `next` until `needsMore` (all is well) or `failed`.
  package mutating func connectionEnded() -> Event {
    hasEnded = true
    return next()
  }

  /// Hands over the bytes behind a 101, which belong to another protocol, and reads no further.
  package mutating func takeBuffered() -> [UInt8] {
    let rest = input.take(input.count)
    phase = .finished
    successor = .nothing
    return rest
  }

  private var isListening: Bool {
    switch phase {
    case .statusLine, .fields, .body: !hasEnded
    case .finished: !hasEnded && successor == .otherProtocol
    case .failed: false
    }
  }

  private mutating func advance() throws(MessageFault) -> Event {
    while true {
      switch phase {
      case .statusLine:
        guard try parseStatusLine() else { return .needsMore }
      case .fields(let line):
        guard let fields = try fieldParser.parse(&input) else { return try awaitMore("in its head") }
        if let head = try finishHead(line, fields) { return .head(head) }
      case .body:
        switch try body.next(&input) {
        case .piece(let bytes): return .body(bytes)
        case .end(let trailers): return finish(trailers)
        case .needsMore:
          if hasEnded, body.endsWithConnection { return finish(HTTPFields()) }
          return try awaitMore("in its body")
        }
      case .finished:
        guard successor == .otherProtocol || expected.isEmpty else { throw Self.neverComes }
        return .needsMore
      case .failed(let fault):
        throw fault
      }
    }
  }

  /// False when more is needed for a status line, or none is due.
  private mutating func parseStatusLine() throws(MessageFault) -> Bool {
    guard !expected.isEmpty else {
      if input.count == 0 { return false }
      throw .malformed("The server sent bytes that answer no request; answer each request once, in its length.")
    }
    guard let line = try lineParser.parse(&input) else {
      _ = try awaitMore(input.count == 0 && interimCount == 0 ? "before its first byte" : "in its head")
      return false
    }
    phase = .fields(line)
    return true
  }

  private func awaitMore(_ place: String) throws(MessageFault) -> Event {
    if hasEnded { throw Self.truncated(place) }
    return .needsMore
  }

  /// Nil for an interim answer that is skipped.
  private mutating func finishHead(_ line: StatusLine, _ fields: HTTPFields) throws(MessageFault) -> ResponseHead? {
    let rules = try ResponseRules(line, fields, to: expected[0], maxBody: limits.maxBody)
    if line.status.isInterim, line.status != .switchingProtocols {
      interimCount += 1
      guard interimCount <= limits.maxInterimCount else {
        throw .malformed("More than \(limits.maxInterimCount) interim answers came; send the final one.")
      }
      phase = .statusLine
      return nil
    }
    expected.removeFirst()
    interimCount = 0
    switch rules.body {
    case .framed(let framing): body = BodyReader(framing, limits: limits.bodyLimits)
    case .untilClose: body = .untilClose(limits: limits.bodyLimits)
    }
    successor = line.status == .switchingProtocols ? .otherProtocol : rules.keepsAlive ? .answer : .nothing
    phase = .body
    return ResponseHead(line.status, fields: fields)
  }

  private mutating func finish(_ trailers: HTTPFields) -> Event {
    phase = successor == .answer ? .statusLine : .finished
    // Behind a last answer there is nothing to rely on.
    if successor == .nothing { input.removeAll() }
    return .end(trailers: trailers)
  }

  private static let neverComes = MessageFault(
    .truncated, "The answer never comes, because the one before it was the last of the connection; ask on another.")

  private static func truncated(_ place: String) -> MessageFault {
    MessageFault(.truncated, "The answer broke off \(place), because the server closed the connection; ask again.")
  }
}
