/// Text from elsewhere as a terminal may be given it: whoever wrote it may have meant the terminal, and not the person at it.
enum TerminalText {
  /// What does not show, or steers what does, becomes an escape as JSON has them.
  /// - Parameter keepingLines: line feeds stay; otherwise they become a space each, and the text is one line.
  static func escaped(_ text: String, keepingLines: Bool = false) -> String {
    var shown = ""
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control where scalar == "\n": shown += keepingLines ? "\n" : " "
      case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned:
        for unit in String(scalar).utf16 { shown += "\\u" + String(0x1_0000 + Int(unit), radix: 16).dropFirst() }
      default: shown.unicodeScalars.append(scalar)
      }
    }
    return shown
  }

  /// One line of at most `limit` characters; three dots stand for the rest.
  static func line(_ text: String, limit: Int) -> String {
    let shown = escaped(String(text.prefix(limit + 1)))
    return shown.count > limit ? shown.prefix(max(0, limit - 3)) + "..." : shown
  }
}
