import JSON

/// A `nack`: what was asked is not done, and the connection stays.
struct ControlRefusal: Sendable, Equatable {
  let code: String
  /// What the gateway says, fit for a terminal.
  let message: String
  /// Seconds after which it may be asked again.
  let retryAfter: Int?
  let violations: [Violation]
  /// Who was first, or who is at it.
  let by: String?
  let until: String?
  /// As it came, one line.
  let line: String

  struct Violation: Sendable, Equatable {
    let field: String
    let description: String
  }

  init(_ json: JSONValue) {
    code = TerminalText.line(json["code"]?.string ?? "refused", limit: 60)
    message = TerminalText.line(json["message"]?.string ?? "", limit: 400)
    retryAfter = json["retryAfter"]?.int.flatMap { Int(exactly: $0) }.flatMap { $0 >= 0 ? $0 : nil }
    violations =
      (json["violations"]?.elements).map { elements in
        elements.compactMap { element in
          guard let field = element["field"]?.string else { return nil }
          return Violation(field: field, description: element["description"]?.string ?? "does not fit")
        }
      } ?? []
    by = json["by"]?.string.map { TerminalText.line($0, limit: 80) }
    until = json["until"]?.string.map { TerminalText.line($0, limit: 40) }
    line = JSONLine.text(json)
  }

  /// A sentence or two.
  var sentence: String {
    var said = message.isEmpty ? "The gateway refused (\(code))." : message
    if let by, !said.contains(by) { said += " (\(by))" }
    let fields = violations.map {
      "\(TerminalText.line($0.field, limit: 60)) \(TerminalText.line($0.description, limit: 200))"
    }
    return fields.isEmpty ? said : "\(said) Fields: \(fields.joined(separator: "; "))."
  }

  /// How long to wait before it is asked again; nil where that would be in vain.
  var pause: Duration? {
    if let retryAfter { return .seconds(min(retryAfter, 3600)) }
    return code == "busy" || code == "too-many-messages" ? .seconds(1) : nil
  }
}
