extension JSONWriter {
  /// The string in quotes. Only what must be escaped is: the quote, the backslash and the control characters below
  /// U+0020. Everything else, U+2028 and U+2029 included, stays UTF-8.
  mutating func appendQuoted(_ string: String) {
    buffer.append(ASCII.quote)
    if Self.needsEscape(string.utf8.span) {
      for byte in string.utf8 { appendEscaped(byte) }
    } else {
      buffer.append(contentsOf: string.utf8)
    }
    buffer.append(ASCII.quote)
  }

  private static func needsEscape(_ text: Span<UInt8>) -> Bool {
    for index in text.indices where mustEscape(text[index]) {
      return true
    }
    return false
  }

  private static func mustEscape(_ byte: UInt8) -> Bool {
    byte < ASCII.space || byte == ASCII.quote || byte == ASCII.backslash
  }

  private mutating func appendEscaped(_ byte: UInt8) {
    guard Self.mustEscape(byte) else {
      buffer.append(byte)
      return
    }
    buffer.append(ASCII.backslash)
    switch byte {
    case ASCII.quote, ASCII.backslash: buffer.append(byte)
    case ASCII.backspace: buffer.append(ASCII.b)
    case ASCII.formFeed: buffer.append(ASCII.f)
    case ASCII.lineFeed: buffer.append(ASCII.n)
    case ASCII.carriageReturn: buffer.append(ASCII.r)
    case ASCII.tab: buffer.append(ASCII.t)
    default:
      let digits = String(byte, radix: 16)
      buffer.append(contentsOf: (digits.utf8.count == 1 ? "u000" : "u00").utf8)
      buffer.append(contentsOf: digits.utf8)
    }
  }
}
