import A2A
import HTTP
import JSON

/// An answer that fits its question.
struct GivenAnswer: Sendable, Equatable {
  enum Content: Sendable, Equatable {
    /// An object.
    case values(Answer)
    case declined
    case text(String)
  }

  let content: Content
  /// As it was said, in A2A's words: without the agent's own name for the question, unless its sender has used that.
  var message: Message

  func write(into object: inout JSONWriter) {
    switch content {
    case .values(let answer): object.object("values") { answer.writeValues(into: &$0) }
    case .declined: object.member("declined", true)
    case .text(let text): object.member("text", text)
    }
  }
}

extension TaskQuestion {
  /// Holds an answer against the form. Throws 422 with every field that does not fit.
  /// - Parameter id: of the message, where its sender has made none.
  func read(_ content: QuestionReply.Content, messageID id: String) throws(Refusal) -> GivenAnswer {
    switch content {
    case .message(let message):
      guard !message.parts.isEmpty else { throw Refusal.emptyAnswer(name) }
      guard let form, !form.fields.isEmpty || form.allowsDecline else { return .text(message) }
      let answer = try Self.read(message, form)
      return form.fields.isEmpty && !answer.isDeclined ? .text(message) : GivenAnswer(answer, said: message)
    case .text(let text):
      let message = Message(id: id, role: .user, text: text)
      guard !text.allSatisfy(\.isWhitespace) else { throw Refusal.emptyAnswer(name) }
      guard let form, !form.fields.isEmpty else { return .text(message) }
      return try made(of: message, form)
    case .values(let values):
      guard let form, !form.fields.isEmpty else { throw Refusal.noFields(values, name) }
      var message = Message(id: id, role: .user, text: "")
      message.metadata = Self.metadata { $0.member("values", values) }
      return try made(of: message, form)
    case .declined:
      guard let form, form.allowsDecline else { throw Refusal.notDeclinable(name) }
      var message = Message(id: id, role: .user, text: "")
      message.metadata = Self.metadata { $0.member("decline", true) }
      return try made(of: message, form)
    }
  }

  /// - Parameter draft: with what was given, and not yet as the agent is to read it.
  private func made(of draft: Message, _ form: Question) throws(Refusal) -> GivenAnswer {
    // Who answers by our name of the question is told what is wrong by that name.
    var named = form
    named.id = name
    let answer = try Self.read(draft, named)
    var message = Message(id: draft.id, role: .user, text: answer.text(for: form))
    answer.mark(&message, withID: false)
    return GivenAnswer(answer, said: message)
  }

  private static func read(_ message: Message, _ form: Question) throws(Refusal) -> Answer {
    do throws(A2AError) {
      return try Answer(reading: message, to: form)
    } catch {
      throw .badAnswer(error)
    }
  }

  private static func metadata(_ form: (inout JSONWriter) -> Void) -> JSONValue? {
    var writer = JSONWriter()
    writer.object { $0.object(Question.extensionURI, form) }
    return try? JSONValue(parsing: writer.bytes)
  }

  /// The message as the agent is sent it: it names the question, so that it is never taken for the answer to another one, and who
  /// answered, whatever its sender has put there.
  func outgoing(_ message: Message, as id: String, by principal: String) -> Message {
    var message = message
    message.id = id
    guard let form, var answer = try? Answer(reading: message, to: form) else { return message }
    answer.by = principal
    answer.mark(&message)
    return message
  }
}

extension GivenAnswer {
  fileprivate init(_ answer: Answer, said message: Message) {
    self.init(content: answer.isDeclined ? .declined : .values(answer), message: message)
  }

  fileprivate static func text(_ message: Message) -> GivenAnswer {
    GivenAnswer(content: .text(message.text), message: message)
  }
}
