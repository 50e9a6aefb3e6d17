package import JSON

extension Question {
  /// The object for a message's `metadata`, with this question under the extension's URI.
  package func metadata() -> JSONValue {
    .object { object in object.object(Self.extensionURI) { write(into: &$0) } }
  }

  private func write(into writer: inout JSONWriter) {
    writer.member("questionId", id)
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

extension Answer {
  /// The object for the `metadata` of the message that answers.
  package func metadata() -> JSONValue {
    .object { object in
      object.object(Question.extensionURI) { form in
        form.member("questionId", questionID)
        switch content {
        case .declined: form.member("decline", true)
        case .values(let values):
          form.object("values") { list in
            for (name, value) in values.sorted(by: { $0.key < $1.key }) {
              list.key(name)
              value.write(into: &list)
            }
          }
        }
      }
    }
  }
}
