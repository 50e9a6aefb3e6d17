import A2A
import HTTP
import JSON

// What bodies of commands say.
extension WorkBody {
  /// The sender's word for the command; nil where it has none.
  func commandID() throws(Refusal) -> String? {
    try CommandWords.id(try text("id"), fields: keys)
  }

  /// An empty field of a form is no reason.
  func why() throws(Refusal) -> String? {
    guard let why = try text("why"), !why.isEmpty else { return nil }
    return why
  }

  /// What somebody thinks of what a task has come to.
  func review() throws(Refusal) -> TaskReview {
    try TaskReview(try text("opinion"), why: try why())
  }

  /// What is said to the agent of that task.
  func message(to task: String) throws(Refusal) -> Message {
    let message = try message()
    guard message.taskID == nil || message.taskID == task else {
      throw .badTask("The message names another task than the path. Leave taskId out.")
    }
    return message
  }

  /// One of the three ways to answer a question.
  func answer() throws(Refusal) -> QuestionReply.Content {
    let values = value("values")
    let text = try text("text")
    let declines = try flag("decline") ?? false
    guard (values == nil ? 0 : 1) + (text == nil ? 0 : 1) + (declines ? 1 : 0) == 1 else {
      throw .badCommand("An answer has one of \"values\", \"text\" and \"decline\":true. Send one of them.")
    }
    if let text {
      guard !text.isEmpty else {
        throw .badCommand("The \"text\" is empty, which is no answer. Send some, or decline.")
      }
      return .text(text)
    }
    guard let values else { return .declined }
    guard values.kind == .object else {
      throw .badCommand("The \"values\" must be an object with a member for each field of the question.")
    }
    return .values(values)
  }

  /// Which tasks a round is about. There is no default: what stops many is said in full.
  func cancelFilter() throws(Refusal) -> CancelFilter {
    let words = CancelFilter.Whose.allCases.map(\.rawValue)
    let word = try text("filter")
    guard let whose = word.flatMap(CancelFilter.Whose.init) else {
      let said = word.map { "not \(Excerpt.quoting($0.utf8))" } ?? "and the body has none"
      throw .badCommand("The \"filter\" is \(words.map { "\"\($0)\"" }.joined(separator: " or ")), \(said).")
    }
    return CancelFilter(whose: whose, agent: try text("agent"))
  }
}
