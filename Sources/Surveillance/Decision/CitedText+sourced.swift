extension CitedText {
  /// Neighbouring words become one piece, and empty ones none.
  init(pieces: [Piece]) {
    var text = StringInterpolation(literalCapacity: 0, interpolationCount: 0)
    for piece in pieces {
      if case .text(let words) = piece, case .text(let before)? = text.pieces.last {
        text.pieces[text.pieces.count - 1] = .text(before + words)
      } else if piece != .text("") {
        text.pieces.append(piece)
      }
    }
    self.init(stringInterpolation: text)
  }

  /// The same words; whatever has a digit in it says that it comes from this tool.
  init(citing text: String, from tool: ToolName) {
    var pieces: [Piece] = []
    var rest = text[...]
    while !rest.isEmpty {
      let gap = rest.prefix(while: \.isWhitespace)
      let word = rest[gap.endIndex...].prefix { !$0.isWhitespace }
      pieces += [.text(String(gap))] + Self.cite(word, tool)
      rest = rest[word.endIndex...]
    }
    self.init(pieces: pieces)
  }

  /// No number is left without a tool: those that have none come from this one.
  func sourced(from tool: ToolName) -> CitedText {
    CitedText(
      pieces: pieces.flatMap { piece in
        switch piece {
        case .text(let words): CitedText(citing: words, from: tool).pieces
        case .fact: [piece]
        }
      })
  }

  /// In the order in which they are cited first.
  var tools: [ToolName] {
    pieces.reduce(into: []) { tools, piece in
      if case .fact(_, let tool) = piece, !tools.contains(tool) { tools.append(tool) }
    }
  }

  /// The marks around a number are the sentence's.
  private static func cite(_ word: Substring, _ tool: ToolName) -> [Piece] {
    guard word.contains(where: \.isNumber) else { return [.text(String(word))] }
    let head = word.prefix { "(“\"'".contains($0) }
    let tail = word[head.endIndex...].reversed().prefix { ".,;:!?)”\"'".contains($0) }
    let fact = word.dropFirst(head.count).dropLast(tail.count)
    return [.text(String(head)), .fact(String(fact), tool), .text(String(tail.reversed()))]
  }
}

extension [CitedText] {
  func joined(separator: String) -> CitedText {
    CitedText(pieces: enumerated().flatMap { ($0 == 0 ? [] : [.text(separator)]) + $1.pieces })
  }
}
