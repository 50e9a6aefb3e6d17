extension JSONParser {
  /// Reads the number whose first byte, a digit or a minus sign, is at `position`.
  mutating func scanNumber(_ text: Span<UInt8>) throws(JSONError) {
    if text[position] == ASCII.minus { position &+= 1 }
    if position < text.count, text[position] == ASCII.zero {
      position &+= 1
      // RFC 8259 section 6: leading zeros are not allowed.
      if position < text.count, ASCII.isDigit(text[position]) { throw unexpected(text[position], .invalidNumber) }
    } else {
      try scanDigits(text)
    }
    if position < text.count, text[position] == ASCII.point {
      position &+= 1
      try scanDigits(text)
    }
    if position < text.count, text[position] | 0x20 == ASCII.e {
      position &+= 1
      if position < text.count, text[position] == ASCII.plus || text[position] == ASCII.minus { position &+= 1 }
      try scanDigits(text)
    }
  }

  /// One digit or more.
  private mutating func scanDigits(_ text: Span<UInt8>) throws(JSONError) {
    guard position < text.count else { throw JSONError(.unexpectedEnd, at: text.count) }
    guard ASCII.isDigit(text[position]) else { throw unexpected(text[position], .invalidNumber) }
    while position < text.count, ASCII.isDigit(text[position]) {
      position &+= 1
    }
  }
}
