import JSON

/// What somebody has answered to a question, found to fit its form.
package struct Answer: Sendable, Equatable {
  package enum Content: Sendable, Equatable {
    case values([String: FieldValue])
    case declined
  }

  package var questionID: String
  package var content: Content
  /// Who answered, where whoever passes the answer on says so: a gateway knows its people, an agent knows only the gateway.
  package var by: String?

  package init(questionID: String, _ content: Content, by: String? = nil) {
    self.questionID = questionID
    self.content = content
    self.by = by
  }

  package var isDeclined: Bool { content == .declined }

  package subscript(name: String) -> FieldValue? {
    if case .values(let values) = content { values[name] } else { nil }
  }

  /// Reads the answer out of a message: its metadata under the extension's URI; or else the one data part that is an
  /// object, whose members are the values; or else its text, where the form has one field only, or only one that must
  /// be filled in.
  ///
  /// Throws `invalidParams` with every field that does not fit.
  package init(reading message: Message, to question: Question) throws(A2AError) {
    questionID = question.id
    by = message.metadata?[Question.extensionURI]?["by"]?.string
    if let form = message.metadata?[Question.extensionURI] {
      if let id = form["questionId"]?.string, id != question.id {
        throw A2AError(
          .invalidParams, "This answers the question \(id.quoted), but the open one is \(question.id.quoted).")
      }
      if form["decline"]?.bool == true {
        guard question.allowsDecline else {
          throw A2AError(.invalidParams, "The question \(question.id.quoted) cannot be declined: give an answer.")
        }
        content = .declined
        return
      }
      guard let values = form["values"], values.kind == .object else {
        throw A2AError(.invalidParams, "The answer to \(question.id.quoted) has no object of values.")
      }
      content = .values(try Self.read(values, question))
    } else if let values = Self.object(in: message), !question.fields.isEmpty {
      content = .values(try Self.read(values, question))
    } else {
      content = .values(try Self.read(text: message.text, question))
    }
  }

  private static func object(in message: Message) -> JSONValue? {
    let objects = message.parts.compactMap { part -> JSONValue? in
      if case .data(let value) = part.content, value.kind == .object { value } else { nil }
    }
    return objects.count == 1 ? objects[0] : nil
  }

  private static func read(_ values: JSONValue, _ question: Question) throws(A2AError) -> [String: FieldValue] {
    var read: [String: FieldValue] = [:]
    var problems: [A2AError.FieldViolation] = []
    for field in question.fields {
      guard let value = values[field.name], !value.isNull else {
        if field.isRequired { problems.append(.init(field: field.name, description: "must be given")) }
        continue
      }
      do throws(FieldProblem) {
        read[field.name] = try field.read(value)
      } catch {
        problems.append(.init(field: field.name, description: error.text))
      }
    }
    for (key, _) in values.members where !question.fields.contains(where: { $0.name == key }) {
      problems.append(.init(field: key, description: "is no field of this form"))
    }
    if !problems.isEmpty { throw refusal(question, problems) }
    return read
  }

  private static func read(text: String, _ question: Question) throws(A2AError) -> [String: FieldValue] {
    if question.fields.isEmpty { return [:] }
    let required = question.fields.filter(\.isRequired)
    guard let field = question.fields.count == 1 ? question.fields[0] : required.count == 1 ? required[0] : nil else {
      throw A2AError(
        .invalidParams,
        "The question \(question.id.quoted) has several fields, which one text cannot answer: send an object with "
          + "\(question.fields.map(\.name.quoted).joined(separator: ", ")) as a data part.")
    }
    do throws(FieldProblem) {
      return [field.name: try field.read(text: text)]
    } catch {
      throw refusal(question, [.init(field: field.name, description: error.text)])
    }
  }

  private static func refusal(_ question: Question, _ problems: [A2AError.FieldViolation]) -> A2AError {
    let list = problems.map { "\($0.field.quoted) \($0.description)" }.joined(separator: "; ")
    var error = A2AError(
      .invalidParams, "The answer does not fit the question \(question.id.quoted), which stays open: \(list).")
    error.violations = problems
    error.reason = "INVALID_ANSWER"
    return error
  }
}

extension String {
  /// In quotes, and with everything else than printable ASCII escaped.
  fileprivate var quoted: String {
    "\"" + unicodeScalars.map { $0.escaped(asASCII: true) }.joined() + "\""
  }
}
