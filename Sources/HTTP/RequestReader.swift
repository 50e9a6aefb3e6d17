/// Reads HTTP/1.1 requests from the bytes of a connection and refuses everything RFC 9110 and 9112 leave in doubt.
///
/// A value without I/O: `append` only stores bytes, `next` parses as far as the next event. What the caller does not pull
/// is not parsed, so pipelined requests wait in the buffer, and the caller can stop reading while `bufferedCount` is high.
/// The events depend on the bytes alone, never on how they were cut (only the cuts of the body do).
package struct RequestReader: Sendable {
  package enum Event: Sendable, Equatable {
    /// Everything appended so far is used up.
    case needsMore
    case head(RequestHead)
    /// A piece of the body: never empty, at most `maxBodyPiece` bytes.
    case body([UInt8])
    /// The request is complete. Comes once for every head, also where there is no body.
    case end(trailers: HTTPFields)
    /// The request is not served. Answer and close; every later event is the same.
    case refused(Refusal)
  }

  private enum Phase {
    case requestLine
    case fields(RequestLine)
    case body
    /// The client sends nothing more, or no more HTTP.
    case closed
    case refused(Refusal)
  }

  private let limits: RequestLimits
  private var input = ByteQueue()
  private var phase = Phase.requestLine
  private var lineParser: RequestLineParser
  private var fieldParser: FieldSectionParser
  private var body: BodyReader
  /// Whether another request may follow the one being read.
  private var keepsAlive = true

  package init(limits: RequestLimits = RequestLimits()) {
    self.limits = limits
    lineParser = RequestLineParser(limits: limits)
    fieldParser = FieldSectionParser(limits: limits.fieldLimits)
    body = BodyReader(.none, limits: limits.bodyLimits)
  }

  /// Stores bytes to be parsed. After a refusal, or behind a last request, they are dropped.
  package mutating func append(_ bytes: Span<UInt8>) {
    if isListening { input.append(bytes) }
  }

  package mutating func append(_ bytes: [UInt8]) {
    if isListening { input.append(bytes) }
  }

  /// How many bytes wait to be parsed.
  package var bufferedCount: Int { input.count }

  /// No byte of a next request has come: the connection may be closed without cutting anything off.
  package var isBetweenRequests: Bool {
    switch phase {
    case .requestLine: lineParser.isUntouched && input.count == 0
    case .closed: true
    default: false
    }
  }

  /// Parses as far as the next event.
  package mutating func next() -> Event {
    do throws(Refusal) {
      return try advance()
    } catch {
      phase = .refused(error)
      input.removeAll()
      return .refused(error)
    }
  }

  /// Sets the limit of a route for the body of the request whose head came last. It cannot exceed `maxBody`.
  ///
  /// Call it before pulling the next event. A Content-Length above it makes that event a 413; chunks are counted as they come.
  package mutating func limitBody(to length: Int) {
    body.limit(to: min(max(0, length), limits.maxBody))
  }

  /// Hands over the bytes behind the last request, which belong to another protocol now, and reads no further.
  package mutating func takeBuffered() -> [UInt8] {
    let rest = input.take(input.count)
    phase = .closed
    return rest
  }

  private var isListening: Bool {
    switch phase {
    case .refused, .closed: false
    default: true
    }
  }

  private mutating func advance() throws(Refusal) -> Event {
    while true {
      switch phase {
      case .requestLine:
        guard let line = try lineParser.parse(&input) else { return .needsMore }
        phase = .fields(line)
      case .fields(let line):
        guard let head = try parseHead(line) else { return .needsMore }
        return .head(head)
      case .body:
        return try readBody()
      case .closed:
        return .needsMore
      case .refused(let refusal):
        throw refusal
      }
    }
  }

  private mutating func parseHead(_ line: RequestLine) throws(Refusal) -> RequestHead? {
    let fields: HTTPFields
    do throws(MessageFault) {
      guard let complete = try fieldParser.parse(&input) else { return nil }
      fields = complete
    } catch {
      throw Refusal(error)
    }
    let head = try RequestHead(line: line, fields: fields, limits: limits)
    keepsAlive = head.keepAlive
    body = BodyReader(head.framing, limits: limits.bodyLimits)
    phase = .body
    return head
  }

  private mutating func readBody() throws(Refusal) -> Event {
    do throws(MessageFault) {
      switch try body.next(&input) {
      case .needsMore: return .needsMore
      case .piece(let bytes): return .body(bytes)
      case .end(let trailers):
        finishRequest()
        return .end(trailers: trailers)
      }
    } catch {
      throw Refusal(error)
    }
  }

  private mutating func finishRequest() {
    phase = keepsAlive ? .requestLine : .closed
    if !keepsAlive { input.removeAll() }
  }
}

extension RequestLimits {
  var fieldLimits: FieldSectionParser.Limits {
    .init(maxLine: maxFieldLine, maxSection: maxFieldSection, maxCount: maxFieldCount)
  }

  var bodyLimits: BodyReader.Limits {
    .init(
      maxPiece: maxBodyPiece,
      chunks: .init(
        maxBody: maxBody, maxExtension: maxChunkExtension,
        trailers: .init(maxLine: maxTrailerSection, maxSection: maxTrailerSection, maxCount: maxTrailerCount)))
  }
}
