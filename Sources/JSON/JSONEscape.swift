/// What the escapes of a checked string mean.
enum JSONEscape {
  /// The UTF-8 of a string's content, which the parser has accepted: its escapes are complete, its surrogates paired.
  static func decode(_ content: ArraySlice<UInt8>) -> [UInt8] {
    var decoded: [UInt8] = []
    decoded.reserveCapacity(content.count)
    var index = content.startIndex
    while index < content.endIndex {
      let byte = content[index]
      guard byte == ASCII.backslash else {
        decoded.append(byte)
        index += 1
        continue
      }
      guard content[index + 1] == ASCII.u else {
        decoded.append(character(content[index + 1]))
        index += 2
        continue
      }
      var scalar = UInt32(codeUnit(content, at: index))
      index += 6
      if isHighSurrogate(UInt16(scalar)) {
        scalar = 0x10000 + (scalar - 0xD800) << 10 + UInt32(codeUnit(content, at: index)) - 0xDC00
        index += 6
      }
      appendUTF8(of: scalar, to: &decoded)
    }
    return decoded
  }

  static func isHighSurrogate(_ unit: UInt16) -> Bool {
    unit & 0xFC00 == 0xD800
  }

  static func isLowSurrogate(_ unit: UInt16) -> Bool {
    unit & 0xFC00 == 0xDC00
  }

  /// What stands for itself or for a control character behind a backslash.
  private static func character(_ letter: UInt8) -> UInt8 {
    switch letter {
    case ASCII.b: ASCII.backspace
    case ASCII.f: ASCII.formFeed
    case ASCII.n: ASCII.lineFeed
    case ASCII.r: ASCII.carriageReturn
    case ASCII.t: ASCII.tab
    default: letter
    }
  }

  private static func codeUnit(_ content: ArraySlice<UInt8>, at backslash: Int) -> UInt16 {
    content[backslash + 2..<backslash + 6].reduce(0) { unit, digit in unit << 4 | (ASCII.hexValue(digit) ?? 0) }
  }

  private static func appendUTF8(of scalar: UInt32, to bytes: inout [UInt8]) {
    func continuation(_ shift: UInt32) -> UInt8 {
      UInt8(truncatingIfNeeded: 0x80 | (scalar >> shift & 0x3F))
    }
    switch scalar {
    case 0..<0x80:
      bytes.append(UInt8(scalar))
    case 0x80..<0x800:
      bytes.append(UInt8(0xC0 | scalar >> 6))
      bytes.append(continuation(0))
    case 0x800..<0x10000:
      bytes.append(UInt8(0xE0 | scalar >> 12))
      bytes.append(continuation(6))
      bytes.append(continuation(0))
    default:
      bytes.append(UInt8(0xF0 | scalar >> 18))
      bytes.append(continuation(12))
      bytes.append(continuation(6))
      bytes.append(continuation(0))
    }
  }
}
