/// How many columns of a terminal text takes.
enum TextWidth {
  static func of(_ text: String) -> Int {
    text.reduce(0) { $0 + of($1) }
  }

  /// Of one character: 2 for those of East Asia and for pictures, 0 for what is drawn over its neighbour, 1 for all others.
  static func of(_ character: Character) -> Int {
    guard let first = character.unicodeScalars.first else { return 0 }
    if first.isASCII, character.unicodeScalars.count == 1 { return 1 }
    // A picture may be many scalars; the selector says that one that could be text is a picture.
    if first.properties.isEmojiPresentation || character.unicodeScalars.contains(where: { $0.value == 0xFE0F }) {
      return 2
    }
    switch first.properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return 0
    default: return isWide(first.value) ? 2 : 1
    }
  }

  /// The blocks whose characters Unicode calls wide or fullwidth (UAX 11).
  private static func isWide(_ value: UInt32) -> Bool {
    switch value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
      0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF00...0xFF60,
      0xFFE0...0xFFE6, 0x17000...0x18CFF, 0x1B000...0x1B2FF, 0x1F1E6...0x1F1FF, 0x20000...0x3FFFD:
      true
    default: false
    }
  }

  /// Exactly so wide: cut, with three dots where there is room for them, or filled up with blanks.
  static func fitted(_ text: String, to width: Int) -> String {
    let cut = cut(text, to: width)
    return cut + String(repeating: " ", count: max(0, width - of(cut)))
  }

  /// At most so wide.
  static func cut(_ text: String, to width: Int) -> String {
    guard of(text) > width else { return text }
    let dots = width > 6 ? "..." : ""
    var shown = ""
    var left = width - dots.count
    for character in text {
      let wide = of(character)
      guard wide <= left else { break }
      shown.append(character)
      left -= wide
    }
    return shown + dots
  }
}
