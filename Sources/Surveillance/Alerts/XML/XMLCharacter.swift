import JSON

/// Which characters XML 1.0 allows, and where.
enum XMLCharacter {
  /// The scalar that starts at `index` and its length, or nil where there is no well-formed UTF-8: no overlong form, no surrogate,
  /// nothing above U+10FFFF.
  static func scalar(in bytes: [UInt8], at index: Int) -> (value: UInt32, length: Int)? {
    let lead = bytes[index]
    if lead < 0x80 { return (UInt32(lead), 1) }
    guard let length = UTF8Sequence.length(in: bytes.span, at: index) else { return nil }
    var value = UInt32(lead) & (0x7F >> UInt32(length))
    for following in 1..<length { value = value << 6 | UInt32(bytes[index + following] & 0x3F) }
    return (value, length)
  }

  static func isAllowed(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x09, 0x0A, 0x0D, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
    default: false
    }
  }

  /// The colon, which sets a prefix apart, is left out.
  static func startsName(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x41...0x5A, 0x61...0x7A, 0x5F, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x2FF, 0x370...0x37D, 0x37F...0x1FFF,
      0x200C...0x200D, 0x2070...0x218F, 0x2C00...0x2FEF, 0x3001...0xD7FF, 0xF900...0xFDCF, 0xFDF0...0xFFFD,
      0x10000...0xEFFFF:
      true
    default: false
    }
  }

  static func continuesName(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x2D, 0x2E, 0x30...0x39, 0xB7, 0x300...0x36F, 0x203F...0x2040: true
    default: startsName(scalar)
    }
  }

  /// `U+0007`.
  static func codePoint(_ scalar: UInt32) -> String {
    let digits = String(scalar, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
