/// The first line of an answer, taken apart.
struct StatusLine: Sendable {
  let version: HTTPVersion
  let status: HTTPStatus
}

/// Reads a status line byte by byte, remembering where it is, and faults at the first byte that cannot be right.
///
/// Each byte is looked at once, in order, so the outcome depends on the bytes alone and not on how they arrived. The blank
/// before an absent reason phrase may be absent too: many servers leave it out, and nothing can be read into that.
struct StatusLineParser: Sendable {
  private enum Phase {
    case version, versionEnd, code, codeEnd, reason, lineEnd
  }

  private static let codeStart = VersionSyntax.length + 1
  private static let codeEnd = codeStart + 3

  private let maxLength: Int
  private var phase = Phase.version
  private var offset = 0
  private var version = HTTPVersion.http11

  init(maxLength: Int) { self.maxLength = maxLength }

  /// Takes the status line off the front of `input`; nil when it is not complete.
  mutating func parse(_ input: inout ByteQueue) throws(MessageFault) -> StatusLine? {
    while offset < input.count {
      let byte = input[offset]
      if offset >= maxLength, byte != ASCII.carriageReturn, phase != .lineEnd {
        throw MessageFault(.fieldsTooLarge, "The status line has more than \(maxLength) bytes; shorten the reason.")
      }
      switch phase {
      case .version: try acceptVersion(byte)
      case .versionEnd: try acceptVersionEnd(byte, input)
      case .code: try acceptCode(byte)
      case .codeEnd: try acceptCodeEnd(byte, input)
      case .reason: try acceptReason(byte)
      case .lineEnd:
        guard byte == ASCII.lineFeed else { throw .bareCarriageReturn }
        return finish(&input)
      }
      offset += 1
    }
    return nil
  }

  private mutating func acceptVersion(_ byte: UInt8) throws(MessageFault) {
    guard VersionSyntax.allows(byte, at: offset) else {
      throw .malformed("The answer does not begin with HTTP/1.1: it has the byte \(Excerpt.naming(byte)); speak HTTP.")
    }
    if offset == VersionSyntax.length - 1 { phase = .versionEnd }
  }

  private mutating func acceptVersionEnd(_ byte: UInt8, _ input: ByteQueue) throws(MessageFault) {
    let text = input[0..<VersionSyntax.length]
    guard let spoken = VersionSyntax.version(text) else {
      throw .malformed("The answer has the version \(String(decoding: text, as: UTF8.self)); answer with HTTP/1.1.")
    }
    guard byte == ASCII.space else {
      throw .malformed("The version is followed by the byte \(Excerpt.naming(byte)); put one space behind it.")
    }
    version = spoken
    phase = .code
  }

  private mutating func acceptCode(_ byte: UInt8) throws(MessageFault) {
    let isFirst = offset == Self.codeStart
    guard byte.isDigit, !isFirst || (1...5).contains(byte - ASCII.zero) else {
      throw .malformed("The status code has the byte \(Excerpt.naming(byte)); send a number between 100 and 599.")
    }
    if offset == Self.codeEnd - 1 { phase = .codeEnd }
  }

  private mutating func acceptCodeEnd(_ byte: UInt8, _ input: ByteQueue) throws(MessageFault) {
    if byte == ASCII.space {
      phase = .reason
    } else if byte == ASCII.carriageReturn {
      phase = .lineEnd
    } else {
      throw .malformed("The status code is followed by the byte \(Excerpt.naming(byte)); put one space behind it.")
    }
  }

  private mutating func acceptReason(_ byte: UInt8) throws(MessageFault) {
    if byte == ASCII.carriageReturn {
      phase = .lineEnd
    } else if byte == ASCII.lineFeed {
      throw .malformed("The status line ends with a line feed alone; end lines with CRLF.")
    } else if !byte.isFieldValue {
      throw .malformed("The reason phrase has the control character \(Excerpt.naming(byte)); leave it out.")
    }
  }

  private mutating func finish(_ input: inout ByteQueue) -> StatusLine {
    let code = input[Self.codeStart..<Self.codeEnd].reduce(0) { $0 * 10 + Int($1 - ASCII.zero) }
    // Behind the code stands a blank, unless it is the line's end already.
    let reason = input[min(Self.codeEnd + 1, offset - 1)..<offset - 1]
    let status = HTTPStatus(code: code, reason: Latin1.decode(reason, isASCII: reason.allSatisfy { $0 < 0x80 }))
    let line = StatusLine(version: version, status: status)
    input.consume(offset + 1)
    self = StatusLineParser(maxLength: maxLength)
    return line
  }
}
