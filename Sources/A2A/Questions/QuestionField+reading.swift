import JSON

/// Why a value does not fit its field: the rest of a sentence that begins with the field.
struct FieldProblem: Error, Equatable {
  let text: String
}

extension QuestionField {
  /// A value as forms send it. Numbers and yes or no may come as text, as they do from forms of HTML.
  func read(_ value: JSONValue) throws(FieldProblem) -> FieldValue {
    switch kind {
    case .multichoice where value.kind == .array:
      var chosen: [String] = []
      for element in value.elements {
        guard let text = element.string else { throw FieldProblem(text: "must be a list of texts") }
        chosen.append(try option(text))
      }
      return .texts(chosen)
    case .boolean:
      if let value = value.bool { return .boolean(value) }
    case .integer(let minimum, let maximum):
      if let number = value.int { return .integer(try within(number, minimum, maximum)) }
    case .decimal(let minimum, let maximum):
      if let number = value.double { return .decimal(try within(number, minimum, maximum)) }
    default: break
    }
    guard let text = value.string else { throw FieldProblem(text: "must be \(expectation)") }
    return try read(text: text)
  }

  /// A value as people type it.
  func read(text: String) throws(FieldProblem) -> FieldValue {
    switch kind {
    case .choice: return .text(try option(text.trimmed))
    case .multichoice:
      var chosen: [String] = []
      for piece in text.split(separator: ",") { chosen.append(try option(String(piece).trimmed)) }
      return .texts(chosen)
    case .boolean:
      switch text.trimmed.lowercased() {
      case "yes", "true", "y": return .boolean(true)
      case "no", "false", "n": return .boolean(false)
      default: throw FieldProblem(text: "must be yes or no")
      }
    case .text(let maximum), .longtext(let maximum):
      if let maximum, text.count > maximum { throw FieldProblem(text: "may have at most \(maximum) characters") }
      return .text(text)
    case .integer(let minimum, let maximum):
      guard let number = Int64(text.trimmed) else { throw FieldProblem(text: "must be \(expectation)") }
      return .integer(try within(number, minimum, maximum))
    case .decimal(let minimum, let maximum):
      guard let number = Double(text.trimmed), number.isFinite else {
        throw FieldProblem(text: "must be \(expectation)")
      }
      return .decimal(try within(number, minimum, maximum))
    case .date:
      guard CalendarDate.isOne(text.trimmed) else { throw FieldProblem(text: "must be \(expectation)") }
      return .text(text.trimmed)
    case .datetime:
      guard Timestamp(text.trimmed) != nil else { throw FieldProblem(text: "must be \(expectation)") }
      return .text(text.trimmed)
    }
  }

  private var expectation: String {
    switch kind {
    case .choice, .multichoice: "one of the options"
    case .boolean: "yes or no"
    case .text, .longtext: "text"
    case .integer: "a whole number"
    case .decimal: "a number"
    case .date: "a date such as 2026-03-01"
    case .datetime: "a time such as 2026-03-01T09:30:00Z"
    }
  }

  /// By its value, or by its label in any case of letters, as people type it.
  private func option(_ text: String) throws(FieldProblem) -> String {
    if let found = options.first(where: { $0.value == text }) { return found.value }
    let typed = text.lowercased()
    if let found = options.first(where: { $0.value.lowercased() == typed || $0.label.lowercased() == typed }) {
      return found.value
    }
    throw FieldProblem(text: "must be one of \(options.map(\.value).joined(separator: ", "))")
  }

  private func within<Number: Comparable>(
    _ number: Number, _ minimum: Number?, _ maximum: Number?
  ) throws(FieldProblem) -> Number {
    if let minimum, number < minimum { throw FieldProblem(text: "must be at least \(minimum)") }
    if let maximum, number > maximum { throw FieldProblem(text: "must be at most \(maximum)") }
    return number
  }
}

extension String {
  fileprivate var trimmed: String {
    guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace }) else {
      return ""
    }
    return String(self[first...last])
  }
}

/// Days as forms write them.
private enum CalendarDate {
  static func isOne(_ text: String) -> Bool {
    // A time of day that is always there makes a date a time, whose reader knows the lengths of months.
    text.utf8.count == 10 && Timestamp("\(text)T00:00:00Z") != nil
  }
}
