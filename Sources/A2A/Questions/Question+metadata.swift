package import JSON

extension Question {
  /// The object for a message's `metadata`, with this question under the extension's URI.
  package func metadata() -> JSONValue {
    .object { object in
      object.object(Self.extensionURI) { form in
        form.member("questionId", id)
        writeForm(into: &form)
      }
    }
  }

  /// The members of the form without the question's id, which is the asker's.
  package func writeForm(into writer: inout JSONWriter) {
    writer.member("prompt", prompt)
    writer.member("why", ifPresent: why)
    writer.member("deadline", ifPresent: deadline?.description)
    writer.member("onExpiry", ifPresent: onExpiry)
    writer.array("fields") { list in
      for field in fields { list.object { field.write(into: &$0) } }
    }
    writer.array("allow") { list in
      list.string("answer")
      if allowsDecline { list.string("decline") }
    }
  }

  /// Nil when there is no question in it, or one that nobody can make a form of.
  package init?(metadata: JSONValue?) {
    guard let form = metadata?[Self.extensionURI], let id = form["questionId"]?.string,
      let prompt = form["prompt"]?.string
    else { return nil }
    var fields: [QuestionField] = []
    if let list = form["fields"] {
      for element in list.elements {
        guard let field = QuestionField(reading: element) else { return nil }
        fields.append(field)
      }
    }
    self.init(
      id: id, prompt: prompt, why: form["why"]?.string, fields: fields,
      deadline: form["deadline"]?.string.flatMap { Timestamp($0) }, onExpiry: form["onExpiry"]?.string,
      allowsDecline: form["allow"]?.elements.contains { $0.equalsString("decline") } ?? false)
  }
}

extension Question {
  /// Which question a message asks, or answers; nil where it does not say.
  package static func id(in metadata: JSONValue?) -> String? { metadata?[extensionURI]?["questionId"]?.string }
}

extension Answer {
  /// The object for the `metadata` of the message that answers.
  package func metadata() -> JSONValue {
    .object { $0.object(Question.extensionURI) { write(into: &$0, withID: true) } }
  }

  /// Says in the message's metadata what it answers, and how.
  /// - Parameter withID: names the question, so that it is not taken for the answer to another one.
  package func mark(_ message: inout Message, withID: Bool = true) {
    message.metadata = .object(message.metadata, with: Question.extensionURI) { member in
      member.object { write(into: &$0, withID: withID) }
    }
    if !message.extensions.contains(Question.extensionURI) { message.extensions.append(Question.extensionURI) }
  }

  private func write(into form: inout JSONWriter, withID: Bool) {
    if withID { form.member("questionId", questionID) }
    form.member("by", ifPresent: by)
    switch content {
    case .declined: form.member("decline", true)
    case .values: form.object("values") { writeValues(into: &$0) }
    }
  }

  /// A member for each field; none where it was declined.
  package func writeValues(into object: inout JSONWriter) {
    guard case .values(let values) = content else { return }
    for (name, value) in values.sorted(by: { $0.key < $1.key }) {
      object.key(name)
      value.write(into: &object)
    }
  }

  /// For people who see text only.
  /// - Parameter question: the one that it answers.
  package func text(for question: Question) -> String {
    guard case .values(let values) = content else { return "I do not answer this." }
    let given = question.fields.compactMap { field in values[field.name].map { (field, $0) } }
    if question.fields.count == 1, let (_, value) = given.first { return value.text }
    return given.map { field, value in "\(field.label): \(value.text)" }.joined(separator: "\n")
  }
}

extension FieldValue {
  /// As somebody would type it.
  fileprivate var text: String {
    switch self {
    case .text(let text): text
    case .texts(let texts): texts.joined(separator: ", ")
    case .boolean(let value): value ? "yes" : "no"
    case .integer(let number): "\(number)"
    case .decimal(let number): "\(number)"
    }
  }
}
