/// Reads a form of the type `multipart/form-data` (RFC 7578, RFC 2046) in pieces of any length. After a failure it says nothing else.
///
/// It takes only what senders write that mean to be understood: nothing before the first boundary, CRLF everywhere, nothing behind a
/// boundary on its line. So there is one way to read a form, and nothing of it is hidden from whoever looks on.
package struct MultipartReader: Sendable {
  package struct Limits: Sendable, Equatable {
    package var maxParts = 16
    package var head = FieldSectionParser.Limits(maxLine: 2048, maxSection: 4096, maxCount: 8)

    package init() {}
  }

  package enum Event: Sendable, Equatable {
    case needsMore
    case part(MultipartPart)
    /// Of the part before; never empty. A part ends where another event comes.
    case data([UInt8])
    /// The last boundary has come. What follows is a failure.
    case end
    case failed(MessageFault)
  }

  private enum Phase {
    /// The first boundary is due.
    case start
    /// Behind a boundary, which says by its next two bytes what follows.
    case boundary
    case head
    case data
    /// The end is to be told.
    case end
    /// It was. At most a line end may follow.
    case told
    case over
    case failed(MessageFault)
  }

  private let limits: Limits
  /// CRLF, two hyphens, and the boundary.
  private let delimiter: [UInt8]
  private var phase = Phase.start
  private var input = ByteQueue()
  private var head: FieldSectionParser
  private var parts = 0

  /// - Parameter contentType: the request's. Throws when it is no form's.
  package init(contentType: String, limits: Limits = Limits()) throws(MessageFault) {
    guard let type = ParameterizedValue(contentType), type.value == "multipart/form-data",
      let boundary = type.parameters["boundary"], Self.isBoundary(boundary)
    else {
      throw .malformed("The Content-Type is no form's; send multipart/form-data with a boundary of 1 to 70 characters.")
    }
    self.limits = limits
    delimiter = Array("\r\n--\(boundary)".utf8)
    head = FieldSectionParser(limits: limits.head)
  }

  private static func isBoundary(_ text: String) -> Bool {
    let legal = ByteSet("'()+_,-./:=? ")
    return 1...70 ~= text.utf8.count && text.utf8.allSatisfy(legal.contains) && text.utf8.last != ASCII.space
  }

  package mutating func append(_ bytes: [UInt8]) {
    if case .failed = phase { return }
    input.append(bytes)
  }

  /// Bytes that wait for more to come.
  package var bufferedCount: Int { input.count }

  /// No more comes: what is not whole now is broken.
  package mutating func finish() throws(MessageFault) {
    switch phase {
    case .failed(let fault): throw fault
    case .told where input.count == 0, .over where input.count == 0: break
    case .start, .boundary, .head, .data, .end, .told, .over:
      throw MessageFault(.truncated, "The form ends before its last boundary; send all of it.")
    }
  }

  package mutating func next() -> Event {
    do throws(MessageFault) {
      return try advance()
    } catch {
      phase = .failed(error)
      input.removeAll()
      return .failed(error)
    }
  }

  private mutating func advance() throws(MessageFault) -> Event {
    while true {
      switch phase {
      case .start:
        guard try take(delimiter[2...], otherwise: Self.noBoundary) else { return .needsMore }
        phase = .boundary
      case .boundary:
        guard input.count >= 2 else { return .needsMore }
        try endBoundary()
      case .head:
        guard let fields = try head.parse(&input) else { return .needsMore }
        phase = .data
        return .part(try MultipartPart(fields))
      case .data:
        if let event = data() { return event }
      case .end:
        phase = .told
        return .end
      case .told:
        guard try take([ASCII.carriageReturn, ASCII.lineFeed], otherwise: Self.leftover) else { return .needsMore }
        phase = .over
      case .over:
        guard input.count == 0 else { throw .malformed(Self.leftover) }
        return .needsMore
      case .failed(let fault): throw fault
      }
    }
  }

  /// What there is of a part's content. Nil once its boundary is behind it.
  private mutating func data() -> Event? {
    let end = boundaryOrEnd()
    if end > 0 { return .data(input.take(end)) }
    guard input.count >= delimiter.count else { return .needsMore }
    input.consume(delimiter.count)
    phase = .boundary
    return nil
  }

  /// Where the boundary begins, or may begin as far as can be told yet; the end of what is here where it does not.
  private func boundaryOrEnd() -> Int {
    var offset = 0
    while true {
      offset = input.skip(from: offset, below: input.count) { $0 != ASCII.carriageReturn }
      let length = min(delimiter.count, input.count - offset)
      if input[offset..<offset + length].elementsEqual(delimiter.prefix(length)) { return offset }
      offset += 1
    }
  }

  private mutating func endBoundary() throws(MessageFault) {
    switch (input[0], input[1]) {
    case (ASCII.carriageReturn, ASCII.lineFeed):
      guard parts < limits.maxParts else {
        throw .malformed("The form has more than \(limits.maxParts) parts; send fewer.")
      }
      parts += 1
      phase = .head
    case (ASCII.dash, ASCII.dash): phase = .end
    default: throw .malformed("Something follows a boundary of the form on its line; end the line right behind it.")
    }
    input.consume(2)
  }

  private static let noBoundary = "The form does not begin with its boundary; begin the body with it."
  private static let leftover = "Something follows the last boundary of the form; leave it out."

  /// Takes what has to come next. False when more is needed to tell.
  private mutating func take(_ due: some Collection<UInt8>, otherwise fault: String) throws(MessageFault) -> Bool {
    let length = min(due.count, input.count)
    guard input[0..<length].elementsEqual(due.prefix(length)) else { throw .malformed(fault) }
    guard length == due.count else { return false }
    input.consume(length)
    return true
  }
}
