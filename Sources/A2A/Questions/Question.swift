/// A question to people, with the form for its answer.
///
/// It travels in the metadata of the message with which a task becomes input-required (docs/agents.md), so it is in the
/// stream and in every later look at the task. Who knows nothing of forms reads the message's text, and may answer in
/// text where ``Answer/init(reading:to:)`` can tell what is meant.
package struct Question: Sendable, Equatable {
  /// The extension that agent cards declare, and the member of the metadata.
  package static let extensionURI = "https://signalbox.dev/a2a/extensions/questions/v1"

  /// Unique in its task; an answer names it, so that none is taken for the answer to another question.
  package var id: String
  package var prompt: String
  /// Why the agent cannot know by itself.
  package var why: String?
  /// None: anything that is said is an answer.
  package var fields: [QuestionField]
  /// Until then answers are taken.
  package var deadline: Timestamp?
  /// What happens when nobody answers, in a sentence.
  package var onExpiry: String?
  /// "I will not answer" is an answer.
  package var allowsDecline: Bool

  package init(
    id: String, prompt: String, why: String? = nil, fields: [QuestionField] = [], deadline: Timestamp? = nil,
    onExpiry: String? = nil, allowsDecline: Bool = false
  ) {
    self.id = id
    self.prompt = prompt
    self.why = why
    self.fields = fields
    self.deadline = deadline
    self.onExpiry = onExpiry
    self.allowsDecline = allowsDecline
  }

  /// For people who see text only: what is asked, and what may be said.
  package var text: String {
    var lines = [prompt]
    if let why { lines.append(why) }
    for field in fields { lines.append(field.text(alone: fields.count == 1)) }
    if let onExpiry {
      lines.append(deadline.map { "If nobody answers by \($0): \(onExpiry)" } ?? "If nobody answers: \(onExpiry)")
    }
    return lines.joined(separator: "\n")
  }
}
