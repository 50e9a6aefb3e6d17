import A2A

/// A question that is put to somebody field by field. A value: it is given what was typed, and says what to ask next.
struct AnswerForm: Sendable, Equatable {
  enum Step: Sendable, Equatable {
    /// Ask for the next field, or for more of this one.
    case next
    /// Ask again: what was typed does not fit, for this reason.
    case again(String)
    case done(AnswerContent)
  }

  private static let declining = ":decline"
  /// Where a field has a default: leaves it empty all the same.
  private static let nothing = "-"

  let question: Question
  private var index = 0
  private var values: [AnswerContent.Value] = []
  /// Of a long text, as far as it was typed.
  private var lines: [String] = []

  init(_ question: Question) {
    self.question = question
  }

  /// What to say before the first field.
  var introduction: [String] {
    var said = [question.prompt]
    if let why = question.why { said.append(why) }
    if let deadline = question.deadline {
      let consequence = question.onExpiry.map { ": \($0)" } ?? "."
      said.append("Answers are taken until \(deadline)\(consequence)")
    } else if let consequence = question.onExpiry {
      said.append("If nobody answers: \(consequence)")
    }
    if question.allowsDecline { said.append("Type \(Self.declining) to decline.") }
    return said.map { TerminalText.escaped($0, keepingLines: true) }
      .flatMap { $0.split(separator: "\n", omittingEmptySubsequences: true).map(String.init) }
  }

  private var field: QuestionField? { index < question.fields.count ? question.fields[index] : nil }

  /// The lines above the place where one types: what is asked now.
  var asked: [String] {
    guard let field else { return ["Your answer:"] }
    if !lines.isEmpty { return ["… (an empty line ends it)"] }
    let place = question.fields.count > 1 ? "(\(index + 1)/\(question.fields.count)) " : ""
    var said = ["\(place)\(TerminalText.line(field.label, limit: 200)): \(expectation(of: field))"]
    if let help = field.help { said.append("  \(TerminalText.line(help, limit: 300))") }
    for (number, option) in Self.options(field).enumerated() {
      let label = option.label == option.value ? "" : "  \(TerminalText.line(option.label, limit: 120))"
      said.append("  \(number + 1)  \(TerminalText.line(option.value, limit: 80))\(label)")
    }
    return said
  }

  /// What stands before the place where one types.
  var prompt: String { "> " }

  mutating func enter(_ typed: String) -> Step {
    if lines.isEmpty, Self.trimmed(typed) == Self.declining {
      return question.allowsDecline
        ? .done(.declined) : .again("This question cannot be declined. Leave it to somebody else, or answer it.")
    }
    guard let field else {
      return Self.trimmed(typed).isEmpty ? .again("Say something, or leave it to somebody else.") : .done(.text(typed))
    }
    if case .longtext = field.kind { return enter(long: typed, field) }
    return enter(typed, field)
  }

  private mutating func enter(long typed: String, _ field: QuestionField) -> Step {
    if !lines.isEmpty || !Self.trimmed(typed).isEmpty && Self.trimmed(typed) != Self.nothing {
      if !Self.trimmed(typed).isEmpty {
        lines.append(typed)
        return .next
      }
      let text = lines.joined(separator: "\n")
      lines = []
      return take(text, field)
    }
    return enter(typed, field)
  }

  private mutating func enter(_ typed: String, _ field: QuestionField) -> Step {
    let text = Self.trimmed(typed)
    if text.isEmpty, let initial = field.initial { return keep(initial, field) }
    if text.isEmpty || !field.isRequired && field.initial != nil && text == Self.nothing {
      return field.isRequired ? .again("It must be given.") : leaveOut()
    }
    return take(Self.byNumber(typed, field), field)
  }

  private mutating func take(_ text: String, _ field: QuestionField) -> Step {
    switch field.typed(text) {
    case .value(let value): return keep(value, field)
    case .problem(let problem): return .again("It \(TerminalText.line(problem, limit: 400)).")
    }
  }

  private mutating func keep(_ value: FieldValue, _ field: QuestionField) -> Step {
    values.append(AnswerContent.Value(name: field.name, value: value))
    return leaveOut()
  }

  private mutating func leaveOut() -> Step {
    index += 1
    return field == nil ? .done(.values(values)) : .next
  }

  // MARK: Words

  private func expectation(of field: QuestionField) -> String {
    let what =
      switch field.kind {
      case .choice: "one of these, by name or number"
      case .multichoice: "any of these, by name or number, with commas"
      case .boolean: "yes or no"
      case .text(nil): "text"
      case .text(let most?): "text of at most \(most) characters"
      case .longtext(nil): "text; an empty line ends it"
      case .longtext(let most?): "text of at most \(most) characters; an empty line ends it"
      case .integer(let least, let most): "a whole number" + Self.bounds(least.map(String.init), most.map(String.init))
      case .decimal(let least, let most): "a number" + Self.bounds(least.map { "\($0)" }, most.map { "\($0)" })
      case .date: "a date such as 2026-03-01"
      case .datetime: "a time such as 2026-03-01T09:30:00Z"
      }
    var text = what
    if let unit = field.unit { text += " (\(TerminalText.line(unit, limit: 40)))" }
    if let initial = field.initial {
      text += " [\(Self.text(initial))\(field.isRequired ? "" : "; \(Self.nothing) for nothing")]"
    } else if !field.isRequired {
      text += ", or nothing"
    }
    return text
  }

  private static func bounds(_ least: String?, _ most: String?) -> String {
    switch (least, most) {
    case (nil, nil): ""
    case (let least?, nil): " of at least \(least)"
    case (nil, let most?): " of at most \(most)"
    case (let least?, let most?): " from \(least) to \(most)"
    }
  }

  private static func text(_ value: FieldValue) -> String {
    switch value {
    case .text(let text): TerminalText.line(text, limit: 80)
    case .texts(let texts): TerminalText.line(texts.joined(separator: ", "), limit: 120)
    case .boolean(let value): value ? "yes" : "no"
    case .integer(let number): "\(number)"
    case .decimal(let number): "\(number)"
    }
  }

  private static func options(_ field: QuestionField) -> [QuestionField.Option] {
    switch field.kind {
    case .choice(let options), .multichoice(let options): options
    default: []
    }
  }

  /// Numbers stand for options, unless an option is called so itself.
  private static func byNumber(_ typed: String, _ field: QuestionField) -> String {
    let options = options(field)
    guard !options.isEmpty else { return typed }
    return typed.split(separator: ",", omittingEmptySubsequences: false).map { piece in
      let word = trimmed(String(piece))
      let isName = options.contains { $0.value == word || $0.label == word }
      guard !isName, let number = Int(word), (1...options.count).contains(number) else { return String(piece) }
      return options[number - 1].value
    }.joined(separator: ",")
  }

  private static func trimmed(_ text: String) -> String {
    let front = text.drop(while: \.isWhitespace)
    return String(front.reversed().drop(while: \.isWhitespace).reversed())
  }
}
