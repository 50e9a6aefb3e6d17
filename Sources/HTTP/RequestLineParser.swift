/// The first line of a request, taken apart.
struct RequestLine: Sendable {
  let method: HTTPMethod
  let target: RequestTarget
  let version: HTTPVersion
}

/// Reads a request line byte by byte, remembering where it is, and refuses at the first byte that cannot be right.
///
/// Each byte is looked at once, in order, so the outcome depends on the bytes alone and not on how they arrived.
struct RequestLineParser: Sendable {
  private enum Phase {
    case start, emptyLine, method, targetStart, target, version, lineEnd
  }

  private let limits: RequestLimits
  private var phase = Phase.start
  private var offset = 0
  private var methodEnd = 0
  private var targetEnd = 0
  private var emptyLines = 0

  init(limits: RequestLimits) { self.limits = limits }

  /// No byte of a request line was seen (empty lines before it do not count).
  var isUntouched: Bool { phase == .start }

  /// Takes the request line off the front of `input` and skips empty lines before it; nil when it is not complete.
  mutating func parse(_ input: inout ByteQueue) throws(Refusal) -> RequestLine? {
    while true {
      skipPlainBytes(input)
      guard offset < input.count else { return nil }
      let byte = input[offset]
      if offset >= limits.maxRequestLine, byte != ASCII.carriageReturn, phase != .lineEnd, phase != .emptyLine {
        throw Refusal(.uriTooLong, "The request line has more than \(limits.maxRequestLine) bytes; shorten the target.")
      }
      switch phase {
      case .start: try acceptFirst(byte)
      case .emptyLine: try skipEmptyLine(byte, &input)
      case .method: try acceptMethod(byte, input)
      case .targetStart: try acceptTargetStart(byte)
      case .target: try acceptTarget(byte)
      case .version: try acceptVersion(byte, input)
      case .lineEnd:
        guard byte == ASCII.lineFeed else { throw Self.bareCarriageReturn }
        return try finish(&input)
      }
    }
  }

  /// The fast way over the bytes of a target. It stays below the limit, which `parse` checks.
  private mutating func skipPlainBytes(_ input: ByteQueue) {
    let end = min(input.count, limits.maxRequestLine)
    guard phase == .target, offset < end else { return }
    offset = input.skip(from: offset, below: end) { $0.isVisible && $0 != ASCII.hash }
  }

  private mutating func acceptFirst(_ byte: UInt8) throws(Refusal) {
    if byte == ASCII.carriageReturn {
      guard emptyLines < limits.maxLeadingEmptyLines else {
        throw .badRequest("More than \(limits.maxLeadingEmptyLines) empty lines came before the request; send none.")
      }
      phase = .emptyLine
    } else if byte.isToken {
      phase = .method
    } else {
      throw .badRequest("The request begins with \(Excerpt.naming(byte)), which is in no method; speak HTTP/1.1.")
    }
    offset += 1
  }

  private mutating func skipEmptyLine(_ byte: UInt8, _ input: inout ByteQueue) throws(Refusal) {
    guard byte == ASCII.lineFeed else { throw Self.bareCarriageReturn }
    input.consume(2)
    emptyLines += 1
    offset = 0
    phase = .start
  }

  private mutating func acceptMethod(_ byte: UInt8, _ input: ByteQueue) throws(Refusal) {
    if byte == ASCII.space {
      let method = HTTPMethod(parsed: String(decoding: input[0..<offset], as: UTF8.self))
      if method == .connect || method == .trace {
        throw Refusal(.notImplemented, "The method \(method) is not supported here; this server is no proxy.")
      }
      methodEnd = offset
      phase = .targetStart
    } else if !byte.isToken {
      throw .badRequest("The method is followed by the byte \(Excerpt.naming(byte)); put one space behind it.")
    } else if offset >= HTTPMethod.maxLength {
      throw Refusal(.notImplemented, "The method has more than \(HTTPMethod.maxLength) bytes; send a known one.")
    }
    offset += 1
  }

  private mutating func acceptTargetStart(_ byte: UInt8) throws(Refusal) {
    guard byte == ASCII.slash || byte == ASCII.asterisk || byte.isLetter else {
      throw .badRequest("The request target begins with \(Excerpt.naming(byte)); send a path that begins with /.")
    }
    phase = .target
    offset += 1
  }

  private mutating func acceptTarget(_ byte: UInt8) throws(Refusal) {
    if byte == ASCII.space {
      targetEnd = offset
      phase = .version
    } else if byte == ASCII.carriageReturn || byte == ASCII.lineFeed {
      throw .badRequest("The request line has no version; end it with HTTP/1.1.")
    } else if !byte.isVisible || byte == ASCII.hash {
      throw RequestTargetParser.illegal(byte)
    }
    offset += 1
  }

  private mutating func acceptVersion(_ byte: UInt8, _ input: ByteQueue) throws(Refusal) {
    let position = offset - targetEnd - 1
    let isComplete = position == VersionSyntax.length
    guard isComplete ? byte == ASCII.carriageReturn : VersionSyntax.allows(byte, at: position) else {
      throw .badRequest("The version is broken at \(Excerpt.naming(byte)); end the request line with HTTP/1.1.")
    }
    if isComplete {
      phase = .lineEnd
      _ = try version(input)
    }
    offset += 1
  }

  private func version(_ input: ByteQueue) throws(Refusal) -> HTTPVersion {
    let text = input[(targetEnd + 1)..<(targetEnd + 1 + VersionSyntax.length)]
    if let version = VersionSyntax.version(text) { return version }
    throw Refusal(
      .versionNotSupported, "The version \(String(decoding: text, as: UTF8.self)) is not spoken here; use HTTP/1.1.")
  }

  private mutating func finish(_ input: inout ByteQueue) throws(Refusal) -> RequestLine {
    let method = HTTPMethod(parsed: String(decoding: input[0..<methodEnd], as: UTF8.self))
    let target = try RequestTargetParser.parse(input[(methodEnd + 1)..<targetEnd], method: method)
    let line = RequestLine(method: method, target: target, version: try version(input))
    input.consume(offset + 1)
    self = RequestLineParser(limits: limits)
    return line
  }

  private static let bareCarriageReturn = Refusal(.bareCarriageReturn)
}
