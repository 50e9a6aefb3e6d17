/// The bytes with a meaning in HTTP's grammar, by name.
enum ASCII {
  static let tab = UInt8(ascii: "\t")
  static let lineFeed = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")
  static let space = UInt8(ascii: " ")
  static let quote = UInt8(ascii: "\"")
  static let hash = UInt8(ascii: "#")
  static let percent = UInt8(ascii: "%")
  static let asterisk = UInt8(ascii: "*")
  static let plus = UInt8(ascii: "+")
  static let comma = UInt8(ascii: ",")
  static let dash = UInt8(ascii: "-")
  static let dot = UInt8(ascii: ".")
  static let slash = UInt8(ascii: "/")
  static let zero = UInt8(ascii: "0")
  static let colon = UInt8(ascii: ":")
  static let semicolon = UInt8(ascii: ";")
  static let equals = UInt8(ascii: "=")
  static let question = UInt8(ascii: "?")
  static let at = UInt8(ascii: "@")
  static let openBracket = UInt8(ascii: "[")
  static let backslash = UInt8(ascii: "\\")
  static let closeBracket = UInt8(ascii: "]")
}

/// A set of ASCII bytes as a 128-bit mask: one shift and one test for each byte, and no table to load.
struct ByteSet: Sendable {
  private let low: UInt64
  private let high: UInt64

  init(_ members: StaticString, alphanumerics: Bool = true) {
    var low: UInt64 = 0
    var high: UInt64 = 0
    let letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
    for byte in ((alphanumerics ? letters : "") + members.description).utf8 {
      if byte < 64 { low |= 1 << UInt64(byte) } else { high |= 1 << UInt64(byte - 64) }
    }
    self.low = low
    self.high = high
  }

  func contains(_ byte: UInt8) -> Bool {
    if byte < 64 { return (low >> UInt64(byte)) & 1 == 1 }
    return byte < 128 && (high >> UInt64(byte - 64)) & 1 == 1
  }
}

extension UInt8 {
  /// `tchar` of RFC 9110 section 5.6.2, spelled as constants because every byte of every head passes here.
  var isToken: Bool {
    if self < 64 { return (0x03ff_6cfa_0000_0000 as UInt64 >> UInt64(self)) & 1 == 1 }
    return self < 128 && (0x57ff_ffff_c7ff_fffe as UInt64 >> UInt64(self - 64)) & 1 == 1
  }

  /// A byte that may stand in a field value: HTAB, SP, visible ASCII, and `obs-text` (RFC 9110 section 5.5).
  var isFieldValue: Bool { self >= 0x20 && self != 0x7f || self == ASCII.tab }

  /// `VCHAR`: visible ASCII.
  var isVisible: Bool { self > 0x20 && self < 0x7f }

  var isBlank: Bool { self == ASCII.space || self == ASCII.tab }

  var isDigit: Bool { self &- ASCII.zero < 10 }

  var isLetter: Bool { (self | 0x20) &- UInt8(ascii: "a") < 26 }

  var isUppercase: Bool { self &- UInt8(ascii: "A") < 26 }

  /// What a hexadecimal digit is worth, or nil for any other byte.
  var hexValue: UInt8? {
    if isDigit { return self &- ASCII.zero }
    let letter = (self | 0x20) &- UInt8(ascii: "a")
    return letter < 6 ? letter + 10 : nil
  }
}
