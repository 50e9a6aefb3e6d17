extension JSONParser {
  /// Reads the string whose opening quote is at `position`, up to and including its closing quote; returns whether it
  /// is spelled with escapes.
  mutating func scanString(_ text: Span<UInt8>) throws(JSONError) -> Bool {
    var index = position &+ 1
    var hasEscapes = false
    while index < text.count {
      let byte = text[index]
      if byte &- ASCII.space < 0x60 {
        if byte == ASCII.quote {
          position = index &+ 1
          return hasEscapes
        }
        if byte == ASCII.backslash {
          hasEscapes = true
          index = try Self.endOfEscape(text, at: index)
        } else {
          index &+= 1
        }
      } else if byte < ASCII.space {
        throw JSONError(.controlCharacter, at: index, detail: "found \(JSONError.name(of: byte))")
      } else {
        guard let length = UTF8Sequence.length(in: text, at: index) else {
          throw JSONError(.invalidUTF8, at: index, detail: "starting with \(JSONError.name(of: byte))")
        }
        index &+= length
      }
    }
    throw JSONError(.unexpectedEnd, at: text.count)
  }

  /// The index behind the escape whose backslash is at `start`; a surrogate pair is one escape.
  private static func endOfEscape(_ text: Span<UInt8>, at start: Int) throws(JSONError) -> Int {
    guard start + 1 < text.count else { throw JSONError(.unexpectedEnd, at: text.count) }
    switch text[start + 1] {
    case ASCII.quote, ASCII.backslash, ASCII.slash, ASCII.b, ASCII.f, ASCII.n, ASCII.r, ASCII.t:
      return start + 2
    case ASCII.u:
      let unit = try codeUnit(text, at: start)
      if JSONEscape.isLowSurrogate(unit) { throw JSONError(.loneSurrogate, at: start) }
      guard JSONEscape.isHighSurrogate(unit) else { return start + 6 }
      return try endOfPartner(text, ofSurrogateAt: start)
    default:
      throw JSONError(.invalidEscape, at: start, detail: "backslash and \(JSONError.name(of: text[start + 1]))")
    }
  }

  private static func endOfPartner(_ text: Span<UInt8>, ofSurrogateAt start: Int) throws(JSONError) -> Int {
    let partner = start + 6
    guard partner < text.count else { throw JSONError(.unexpectedEnd, at: text.count) }
    guard text[partner] == ASCII.backslash else { throw JSONError(.loneSurrogate, at: start) }
    guard partner + 1 < text.count else { throw JSONError(.unexpectedEnd, at: text.count) }
    guard text[partner + 1] == ASCII.u else { throw JSONError(.loneSurrogate, at: start) }
    guard JSONEscape.isLowSurrogate(try codeUnit(text, at: partner)) else {
      throw JSONError(.loneSurrogate, at: start)
    }
    return partner + 6
  }

  /// The four hexadecimal digits of the escape whose backslash is at `start`.
  private static func codeUnit(_ text: Span<UInt8>, at start: Int) throws(JSONError) -> UInt16 {
    var unit: UInt16 = 0
    for index in start + 2..<start + 6 {
      guard index < text.count else { throw JSONError(.unexpectedEnd, at: text.count) }
      guard let digit = ASCII.hexValue(text[index]) else {
        throw JSONError(
          .invalidEscape, at: start, detail: "\(JSONError.name(of: text[index])) is not a hexadecimal digit")
      }
      unit = unit << 4 | digit
    }
    return unit
  }
}
