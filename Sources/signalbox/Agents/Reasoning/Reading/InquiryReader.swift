import Surveillance

/// Reads a question by rules: whom it names, of which days, and what it wants to know.
struct InquiryReader: Sendable {
  let names: NameBook
  /// The days of which there are data.
  let days: ClosedRange<Day>?

  func read(_ question: String) -> Inquiry {
    let words = QuestionWords(question).all
    var inquiry = Inquiry()
    inquiry.time = TimeReader(known: days).read(words)
    inquiry.intents = IntentWords.intents(of: words)
    var index = 0
    while index < words.count {
      index += take(words[index...], behind: index > 0 ? words[index - 1].lowercased : "", into: &inquiry)
    }
    // In a question that names nobody as names are written, any letters will do.
    if !inquiry.isUnderstood { takeAnyLetters(words, into: &inquiry) }
    if inquiry.intents == [.compare], inquiry.subjects.count > 1 {
      inquiry.intents.insert(inquiry.subjects.allSatisfy { $0.symbol != nil } ? .prices : .trades)
    }
    return inquiry
  }

  /// Takes what the next words name. Returns how many they are, at least one.
  /// - Parameter before: the word in front of them.
  private func take(
    _ words: ArraySlice<QuestionWords.Word>, behind before: String, into inquiry: inout Inquiry
  ) -> Int {
    guard let word = words.first else { return 1 }
    if let subject = names.byID(word.text) ?? names.instrument(word.text) {
      inquiry.add(subject)
      return 1
    }
    if word.looksLikeID, word.text.contains(where: { "-_:/".contains($0) }), Day(word.text) == nil,
      Instant(word.text) == nil
    {
      inquiry.unknown.append(word.text)
      return 1
    }
    guard word.isCapitalized else { return 1 }
    let kind = before.hasSuffix("s") ? String(before.dropLast()) : before
    if let length = takeName(words, kind: kind, into: &inquiry) { return length }
    let isFirst = words.startIndex == 0
    if !isFirst, let subject = names.instrument(named: word.text) {
      inquiry.add(subject)
    } else if !isFirst || Self.isSymbol(word.text), isStrange(word) {
      inquiry.unknown.append(word.text)
    }
    return 1
  }

  /// The longest run of words that are names, as long as somebody has all of them.
  private func takeName(
    _ words: ArraySlice<QuestionWords.Word>, kind: String, into inquiry: inout Inquiry
  ) -> Int? {
    var run: [QuestionWords.Word] = []
    var found: [AskedSubject] = []
    for word in words {
      guard word.isCapitalized, names.isName(word.lowercased) else { break }
      let candidates = names.candidates(run.map(\.lowercased) + [word.lowercased], kind: kind)
      guard !candidates.isEmpty else { break }
      run.append(word)
      found = candidates
      if word.endsPhrase { break }
    }
    guard !run.isEmpty else { return nil }
    take(found, called: run.map(\.text).joined(separator: " "), into: &inquiry)
    return run.count
  }

  private func take(_ found: [AskedSubject], called words: String, into inquiry: inout Inquiry) {
    switch found.count {
    case 0: inquiry.unknown.append(words)
    case 1: inquiry.add(found[0])
    case ...NameBook.mostCandidates:
      if !inquiry.ambiguities.contains(where: { $0.words == words }) {
        inquiry.ambiguities.append(.init(words: words, candidates: found))
      }
    default: inquiry.unknown.append(words)
    }
  }

  private func takeAnyLetters(_ words: [QuestionWords.Word], into inquiry: inout Inquiry) {
    let plain = words.filter { !IntentWords.all.contains($0.lowercased) }
    for word in plain {
      if let subject = names.instrument(named: word.text) { inquiry.add(subject) }
    }
    guard !inquiry.isUnderstood else {
      inquiry.unknown.removeAll { names.instrument(named: $0) != nil }
      return
    }
    let named = plain.map(\.lowercased).filter(names.isName)
    guard !named.isEmpty else { return }
    let found = names.candidates(named)
    if !found.isEmpty {
      inquiry.unknown.removeAll { named.contains($0.lowercased()) }
      take(found, called: named.joined(separator: " "), into: &inquiry)
    }
  }

  /// Written like a name in the middle of a sentence, and no word of ours or of the calendar.
  private func isStrange(_ word: QuestionWords.Word) -> Bool {
    word.text.count > 2 && !IntentWords.all.contains(word.lowercased) && !TimeReader.isMonth(word.lowercased)
      && Day(word.text) == nil && Instant(word.text) == nil && !word.text.allSatisfy(\.isNumber)
  }

  private static func isSymbol(_ text: String) -> Bool {
    text.count > 2 && text.allSatisfy { $0.isUppercase }
  }
}

extension TimeReader {
  static func isMonth(_ text: String) -> Bool { month(text) != nil }
}
