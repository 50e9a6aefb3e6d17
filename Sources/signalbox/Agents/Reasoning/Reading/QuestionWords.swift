/// The words of a question, without the signs around them.
struct QuestionWords: Sendable {
  struct Word: Sendable, Equatable {
    /// As it was written.
    let text: String
    /// Another sentence, or another part of one, begins behind it.
    let endsPhrase: Bool

    var lowercased: String { text.lowercased() }
    var isCapitalized: Bool { text.first?.isUppercase == true }
    /// Letters and digits with a sign between them, as ids have it.
    var looksLikeID: Bool { text.contains { $0.isNumber } && text.contains { $0.isLetter } }
  }

  let all: [Word]

  init(_ text: String) {
    all = text.split(whereSeparator: \.isWhitespace).compactMap(Self.word)
  }

  private static func word(_ piece: Substring) -> Word? {
    // Signs inside belong to ids, times and decimals.
    var text = piece.drop { !$0.isLetter && !$0.isNumber }
    var endsPhrase = false
    while let last = text.last, !last.isLetter, !last.isNumber {
      if ",;:.?!".contains(last) { endsPhrase = true }
      text.removeLast()
    }
    for ending in ["'s", "’s"] where text.hasSuffix(ending) { text.removeLast(2) }
    return text.isEmpty ? nil : Word(text: String(text), endsPhrase: endsPhrase)
  }
}
