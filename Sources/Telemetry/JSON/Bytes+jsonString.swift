extension [UInt8] {
  /// Appends a JSON string, quotes included, whatever the text contains.
  ///
  /// More is escaped than RFC 8259 asks for: every control character, the line separators of Unicode and the
  /// marks that turn the direction of text. So the text can neither end a line, for any reader's idea of a line, nor
  /// steer the terminal on which somebody reads it.
  mutating func append(jsonString text: String) {
    append(UInt8(ascii: "\""))
    if text.utf8.span.mayNeedEscaping {
      for scalar in text.unicodeScalars { append(jsonScalar: scalar) }
    } else {
      append(contentsOf: text.utf8)
    }
    append(UInt8(ascii: "\""))
  }

  private mutating func append(jsonScalar scalar: Unicode.Scalar) {
    switch scalar {
    case "\"", "\\": append(escape: UInt8(truncatingIfNeeded: scalar.value))
    case "\n": append(escape: UInt8(ascii: "n"))
    case "\r": append(escape: UInt8(ascii: "r"))
    case "\t": append(escape: UInt8(ascii: "t"))
    case "\u{0}"..."\u{1f}", "\u{7f}"..."\u{9f}",  // C0, DEL and C1
      "\u{200e}"..."\u{200f}", "\u{202a}"..."\u{202e}", "\u{2066}"..."\u{2069}",  // directions
      "\u{2028}"..."\u{2029}",  // line and paragraph separators
      "\u{feff}":  // the byte order mark, which some readers drop
      append(escape: UInt8(ascii: "u"))
      append(hexadecimal: UInt64(scalar.value), width: 4)
    default:
      append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    }
  }

  private mutating func append(escape letter: UInt8) {
    append(UInt8(ascii: "\\"))
    append(letter)
  }
}

extension Span<UInt8> {
  /// Whether the UTF-8 text has a byte with which a scalar that must be escaped can begin.
  fileprivate var mayNeedEscaping: Bool {
    for index in indices {
      switch self[index] {
      case 0..<0x20, UInt8(ascii: "\""), UInt8(ascii: "\\"), 0x7f: return true
      case 0xc2, 0xe2, 0xef: return true  // C1 controls; separators and direction marks; the byte order mark
      default: continue
      }
    }
    return false
  }
}
