/// What `signalbox answer` was asked for.
struct AnswerOptions: Sendable, Equatable {
  private static let text = "text"
  private static let decline = "decline"

  static let specifications: [OptionSpecification] =
    [
      .value(text, "TEXT", "Answers in words: for a question without a form, or with one field."),
      .flag(decline, "Declines: \"I will not answer\" is an answer, where the question allows it."),
    ] + CommandOptions.specifications

  let common: CommandOptions
  let task: String
  /// Nil: the one that is open.
  let question: String?
  /// Nil: somebody is asked, field by field.
  let content: AnswerContent?

  init(_ arguments: ParsedArguments, _ command: CommandSpecification) throws(UsageError) {
    func refusal(_ message: String) -> UsageError { UsageError(message: message, invocation: command.invocation) }
    common = try CommandOptions(arguments, command)
    var words = arguments.words[...]
    guard let task = words.popFirst(), !task.isEmpty else { throw refusal("The id of the task is empty.") }
    self.task = task
    if let word = words.first, !word.contains("=") {
      guard !word.isEmpty else { throw refusal("The name of the question is empty.") }
      question = word
      words = words.dropFirst()
    } else {
      question = nil
    }
    var fields: [AnswerContent.Field] = []
    for word in words {
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, !parts[0].isEmpty else {
        throw refusal("\(word.debugDescription) is no field with a value. Write it as field=value.")
      }
      guard !fields.contains(where: { $0.name == parts[0] }) else {
        throw refusal("The field \(parts[0]) is given twice.")
      }
      fields.append(AnswerContent.Field(name: String(parts[0]), text: String(parts[1])))
    }
    switch (fields.isEmpty, arguments.value(Self.text), arguments.has(Self.decline)) {
    case (true, nil, false): content = nil
    case (false, nil, false): content = .words(fields)
    case (true, let text?, false):
      guard !text.isEmpty else { throw refusal("The option --text needs a value.") }
      content = .text(text)
    case (true, nil, true): content = .declined
    default: throw refusal("An answer is fields, --text or --decline, and here is more than one of them.")
    }
  }
}
