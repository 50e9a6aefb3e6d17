/// Well-formed UTF-8 beyond ASCII, as in table 3-7 of the Unicode Standard: no overlong form, no surrogate, nothing
/// above U+10FFFF.
package enum UTF8Sequence {
  /// The length of the well-formed sequence of two to four bytes that starts at `index`, or nil when there is none.
  package static func length(in text: Span<UInt8>, at index: Int) -> Int? {
    let lead = text[index]
    let length: Int
    let second: ClosedRange<UInt8>
    switch lead {
    case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
    case 0xE0: (length, second) = (3, 0xA0...0xBF)
    case 0xED: (length, second) = (3, 0x80...0x9F)
    case 0xE1...0xEF: (length, second) = (3, 0x80...0xBF)
    case 0xF0: (length, second) = (4, 0x90...0xBF)
    case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
    case 0xF4: (length, second) = (4, 0x80...0x8F)
    default: return nil
    }
    guard text.count - index >= length, second.contains(text[index + 1]) else { return nil }
    for following in 2..<max(2, length) where !isContinuation(text[index + following]) {
      return nil
    }
    return length
  }

  static func isContinuation(_ byte: UInt8) -> Bool {
    byte & 0xC0 == 0x80
  }
}
