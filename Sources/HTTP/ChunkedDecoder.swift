/// Takes the chunked coding off a body (RFC 9112 section 7.1), in any pieces. After a fault it must not be used again.
package struct ChunkedDecoder: Sendable {
  package struct Limits: Sendable, Equatable {
    /// Bytes of all chunk data.
    package var maxBody: Int
    /// Bytes of all chunk extensions.
    package var maxExtension: Int
    /// Bytes of the extensions of one chunk: the bound for a body that has no end.
    package var maxExtensionOfChunk: Int
    package var trailers: FieldSectionParser.Limits

    package init(
      maxBody: Int, maxExtension: Int, maxExtensionOfChunk: Int = .max, trailers: FieldSectionParser.Limits
    ) {
      self.maxBody = maxBody
      self.maxExtension = maxExtension
      self.maxExtensionOfChunk = maxExtensionOfChunk
      self.trailers = trailers
    }
  }

  package enum Progress: Sendable, Equatable {
    /// All input is used up.
    case needsMore
    /// The piece is as long as was asked for; there may be more input.
    case full
    case finished(trailers: HTTPFields)
  }

  private enum Phase {
    case size(digits: Int)
    case chunkExtension(ChunkExtension)
    case sizeEnd
    case data(remaining: Int)
    case dataEnd
    case dataLineEnd
    case trailers
    case finished
  }

  /// Leading zeros included, so that a size line is bounded.
  package static let maxSizeDigits = 16

  private var limits: Limits
  private var phase = Phase.size(digits: 0)
  private var size: UInt64 = 0
  private var extensionLength = 0
  private var extensionLengthOfChunk = 0
  private var trailerParser: FieldSectionParser
  /// Bytes of chunk data whose size lines came so far.
  private var announced: UInt64 = 0

  package init(limits: Limits) {
    self.limits = limits
    self.trailerParser = FieldSectionParser(limits: limits.trailers)
  }

  /// Sets how many bytes of chunk data there may be in all. It counts from the next size line.
  package mutating func limitBody(to maxBody: Int) { limits.maxBody = maxBody }

  /// Moves chunk data from the front of `input` to the end of `piece`, until that has `pieceLimit` bytes.
  ///
  /// At a fault, `piece` has the data before it.
  package mutating func decode(
    _ input: inout ByteQueue, into piece: inout [UInt8], upTo pieceLimit: Int
  ) throws(MessageFault) -> Progress {
    while input.count > 0 {
      switch phase {
      case .data(let remaining):
        let length = min(remaining, input.count, pieceLimit - piece.count)
        if length == 0 { return .full }
        piece.append(contentsOf: input[0..<length])
        input.consume(length)
        phase = length == remaining ? .dataEnd : .data(remaining: remaining - length)
      case .trailers:
        guard let trailers = try trailerParser.parse(&input) else { return .needsMore }
        try TrailerRules.check(trailers)
        phase = .finished
        return .finished(trailers: trailers)
      case .finished:
        preconditionFailure("Cannot decode more of a chunked body that is finished.")
      default:
        try acceptFraming(input[0])
        input.consume(1)
      }
    }
    return .needsMore
  }

  /// One byte of a size line, or of the line end behind chunk data.
  private mutating func acceptFraming(_ byte: UInt8) throws(MessageFault) {
    switch phase {
    case .size(let digits):
      try acceptSize(byte, digits: digits)
    case .chunkExtension(let state):
      try acceptExtension(byte, state)
    case .sizeEnd:
      guard byte == ASCII.lineFeed else { throw Self.badLineEnd("The chunk size") }
      try startData()
    case .dataEnd:
      guard byte == ASCII.carriageReturn else {
        throw .malformed("The chunk data is longer than the chunk size says; send CRLF behind it.")
      }
      phase = .dataLineEnd
    case .dataLineEnd:
      guard byte == ASCII.lineFeed else { throw Self.badLineEnd("The chunk data") }
      phase = .size(digits: 0)
      size = 0
      extensionLengthOfChunk = 0
    case .data, .trailers, .finished:
      preconditionFailure("Cannot read chunk framing where there is none.")
    }
  }

  private mutating func acceptSize(_ byte: UInt8, digits: Int) throws(MessageFault) {
    if let digit = byte.hexValue {
      guard digits < Self.maxSizeDigits else {
        throw .malformed("A chunk size has more than \(Self.maxSizeDigits) digits; send smaller chunks.")
      }
      size = size << 4 | UInt64(digit)
      phase = .size(digits: digits + 1)
    } else if digits > 0, byte == ASCII.carriageReturn {
      phase = .sizeEnd
    } else if digits > 0, byte == ASCII.semicolon || byte.isBlank {
      try acceptExtension(byte, .beforeSemicolon)
    } else {
      throw .malformed("A chunk size has the byte \(Excerpt.naming(byte)); write it in hexadecimal digits alone.")
    }
  }

  private mutating func acceptExtension(_ byte: UInt8, _ state: ChunkExtension) throws(MessageFault) {
    var state = state
    switch state.accept(byte) {
    case .more: phase = .chunkExtension(state)
    case .endOfLine: phase = .sizeEnd
    case .illegal:
      throw .malformed("A chunk extension has the byte \(Excerpt.naming(byte)) in a wrong place; send no extensions.")
    }
    extensionLength += 1
    guard extensionLength <= limits.maxExtension else {
      throw .malformed("The chunk extensions are longer than \(limits.maxExtension) bytes in all; send none.")
    }
    extensionLengthOfChunk += 1
    guard extensionLengthOfChunk <= limits.maxExtensionOfChunk else {
      throw .malformed("The extensions of a chunk are longer than \(limits.maxExtensionOfChunk) bytes; send none.")
    }
  }

  private mutating func startData() throws(MessageFault) {
    guard size > 0 else { return phase = .trailers }
    let (total, overflow) = announced.addingReportingOverflow(size)
    guard !overflow, total <= UInt64(limits.maxBody) else {
      throw .bodyTooLarge(limits.maxBody)
    }
    announced = total
    phase = .data(remaining: Int(size))
  }

  private static func badLineEnd(_ what: String) -> MessageFault {
    .malformed("\(what) is not followed by CRLF; end it with a carriage return and a line feed.")
  }
}
