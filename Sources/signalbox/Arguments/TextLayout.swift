/// Text for terminals: wrapped between words, and in two columns.
enum TextLayout {
  /// Breaks each paragraph into lines of at most `width` characters; a longer word stays whole.
  static func wrapped(_ text: String, width: Int) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .flatMap { lines(String($0), width: width) }
      .joined(separator: "\n")
  }

  /// Rows of a term and its explanation. A term that is too long for its column gets a line of its own.
  static func columns(_ rows: [(String, String)], width: Int) -> String {
    let longest = 26
    let column = rows.map(\.0.count).filter { $0 <= longest }.max() ?? longest
    return rows.map { term, text in
      let pieces = lines(text, width: width - column - 4)
      let margin = String(repeating: " ", count: column + 4)
      var result = "  " + term
      if term.count > column {
        result += "\n" + margin
      } else {
        result += String(repeating: " ", count: column - term.count + 2)
      }
      return result + pieces.joined(separator: "\n" + margin)
    }.joined(separator: "\n")
  }

  private static func lines(_ text: String, width: Int) -> [String] {
    var lines = [""]
    for word in text.split(separator: " ") {
      let last = lines[lines.count - 1]
      if last.isEmpty {
        lines[lines.count - 1] = String(word)
      } else if last.count + 1 + word.count <= width {
        lines[lines.count - 1] += " " + word
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }
}
