/// Reads field lines up to the empty line that ends them: the head of a request or a response, or a trailer section.
///
/// Each byte is looked at once, in order, and the first one that cannot be right is the fault, so the outcome depends on
/// the bytes alone and not on how they arrived. After a fault the parser must not be used again.
package struct FieldSectionParser: Sendable {
  package struct Limits: Sendable, Equatable {
    /// Bytes of one line without its CRLF.
    package var maxLine: Int
    /// Bytes of all lines with their CRLFs.
    package var maxSection: Int
    /// Number of fields.
    package var maxCount: Int

    package init(maxLine: Int, maxSection: Int, maxCount: Int) {
      self.maxLine = maxLine
      self.maxSection = maxSection
      self.maxCount = maxCount
    }
  }

  private enum Phase {
    case lineStart, name, value, lineEnd, sectionEnd
  }

  private let limits: Limits
  private var phase = Phase.lineStart
  private var offset = 0
  private var nameEnd = 0
  private var valueIsASCII = true
  private var sectionLength = 0
  private var fields = HTTPFields()

  package init(limits: Limits) { self.limits = limits }

  /// Takes complete lines off the front of `input`; gives the fields when the empty line came, nil when more is needed.
  package mutating func parse(_ input: inout ByteQueue) throws(MessageFault) -> HTTPFields? {
    while true {
      skipPlainBytes(input)
      guard offset < input.count else { return nil }
      let byte = input[offset]
      try checkLimits(byte)
      switch phase {
      case .lineStart: try acceptFirst(byte, &input)
      case .name: try acceptName(byte, &input)
      case .value: try acceptValue(byte)
      case .lineEnd:
        guard byte == ASCII.lineFeed else { throw .bareCarriageReturn }
        try finishLine(&input)
        continue
      case .sectionEnd:
        guard byte == ASCII.lineFeed else { throw .bareCarriageReturn }
        input.consume(2)
        let complete = fields
        self = FieldSectionParser(limits: limits)
        return complete
      }
      offset += 1
    }
  }

  /// The fast way over bytes that change nothing: most of them. It stays below the limits, which `parse` checks.
  private mutating func skipPlainBytes(_ input: ByteQueue) {
    let end = min(input.count, limits.maxLine, limits.maxSection - sectionLength)
    guard offset < end else { return }
    switch phase {
    case .name: offset = input.skip(from: offset, below: end) { $0.isToken && !$0.isUppercase }
    case .value: offset = input.skip(from: offset, below: end) { $0 < 0x80 && $0.isFieldValue }
    case .lineStart, .lineEnd, .sectionEnd: break
    }
  }

  private func checkLimits(_ byte: UInt8) throws(MessageFault) {
    if offset >= limits.maxLine, phase != .lineEnd, phase != .sectionEnd, byte != ASCII.carriageReturn {
      throw MessageFault(.fieldsTooLarge, "A field line is longer than \(limits.maxLine) bytes; shorten its value.")
    }
    if sectionLength + offset >= limits.maxSection, phase != .sectionEnd, offset > 0 || byte != ASCII.carriageReturn {
      throw MessageFault(
        .fieldsTooLarge, "The fields are longer than \(limits.maxSection) bytes in all; send fewer or shorter ones.")
    }
  }

  private mutating func acceptFirst(_ byte: UInt8, _ input: inout ByteQueue) throws(MessageFault) {
    if byte == ASCII.carriageReturn {
      phase = .sectionEnd
    } else if byte.isBlank {
      throw .malformed("A field line begins with white space; write each field on one line, without folding.")
    } else {
      guard fields.count < limits.maxCount else {
        throw MessageFault(.fieldsTooLarge, "There are more than \(limits.maxCount) fields; send fewer.")
      }
      guard byte.isToken else {
        throw .malformed("A field line begins with the byte \(Excerpt.naming(byte)), which no field name has.")
      }
      if byte.isUppercase { input.lowercase(at: offset) }
      phase = .name
    }
  }

  private mutating func acceptName(_ byte: UInt8, _ input: inout ByteQueue) throws(MessageFault) {
    if byte.isToken {
      if byte.isUppercase { input.lowercase(at: offset) }
    } else if byte == ASCII.colon {
      nameEnd = offset
      valueIsASCII = true
      phase = .value
    } else {
      let name = Excerpt.quoting(input[0..<offset])
      throw byte.isBlank
        ? .malformed("White space follows the field name \(name); put the colon right behind the name.")
        : .malformed("The field name \(name) is followed by the byte \(Excerpt.naming(byte)) instead of a colon.")
    }
  }

  private mutating func acceptValue(_ byte: UInt8) throws(MessageFault) {
    if byte >= 0x80 {
      valueIsASCII = false
    } else if byte == ASCII.carriageReturn {
      phase = .lineEnd
    } else if byte == ASCII.lineFeed {
      throw .malformed("A field line ends with a line feed alone; end lines with CRLF.")
    } else if !byte.isFieldValue {
      throw .malformed("A field value has the control character \(Excerpt.naming(byte)); leave it out.")
    }
  }

  private mutating func finishLine(_ input: inout ByteQueue) throws(MessageFault) {
    var start = nameEnd + 1
    var end = offset - 1
    while start < end, input[start].isBlank { start += 1 }
    while end > start, input[end - 1].isBlank { end -= 1 }
    fields.append(
      parsedName: String(decoding: input[0..<nameEnd], as: UTF8.self),
      value: Latin1.decode(input[start..<end], isASCII: valueIsASCII))
    input.consume(offset + 1)
    sectionLength += offset + 1
    offset = 0
    phase = .lineStart
  }
}
