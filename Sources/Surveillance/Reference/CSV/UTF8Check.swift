/// Whether bytes are UTF-8, one byte after another: no overlong forms, no surrogates, nothing beyond U+10FFFF.
struct UTF8Check {
  private var remaining = 0
  private var lowest: UInt8 = 0x80
  private var highest: UInt8 = 0xBF

  /// In the middle of a character.
  var isInside: Bool { remaining > 0 }

  /// - Returns: false where the byte cannot stand here.
  mutating func take(_ byte: UInt8) -> Bool {
    guard remaining == 0 else {
      guard byte >= lowest, byte <= highest else { return false }
      remaining -= 1
      (lowest, highest) = (0x80, 0xBF)
      return true
    }
    switch byte {
    case 0x00...0x7F: return true
    case 0xC2...0xDF: remaining = 1
    case 0xE0: (remaining, lowest) = (2, 0xA0)
    case 0xED: (remaining, highest) = (2, 0x9F)
    case 0xE1...0xEF: remaining = 2
    case 0xF0: (remaining, lowest) = (3, 0x90)
    case 0xF1...0xF3: remaining = 3
    case 0xF4: (remaining, highest) = (3, 0x8F)
    default: return false
    }
    return true
  }
}
