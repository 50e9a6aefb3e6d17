import A2A
import JSON

/// A question that waits for somebody, as the inbox has it.
struct OpenQuestion: Sendable, Equatable {
  let task: String
  let title: String
  let agent: String
  let owner: String
  /// The gateway's name for it, in its task: `q1`.
  let id: String
  let text: String
  let form: JSONValue?
  let deadline: Timestamp?
  var claimedBy: String?
  var claimedUntil: Timestamp?
  /// Whether the policy lets us answer; true where nobody says.
  let mayAnswer: Bool
  /// As it came.
  let json: JSONValue

  /// Nil for what is no question.
  /// - Parameter task: where the question itself does not say whose it is.
  init?(_ json: JSONValue, task: String? = nil) {
    guard let task = json["task"]?.string ?? task, let id = json["question"]?.string else { return nil }
    self.task = task
    self.id = id
    self.json = json
    title = json["title"]?.string ?? ""
    agent = json["agent"]?.string ?? ""
    owner = json["owner"]?.string ?? ""
    text = json["text"]?.string ?? json["form"]?["prompt"]?.string ?? ""
    form = json["form"].flatMap { $0.kind == .object ? $0 : nil }
    deadline = json["deadline"]?.string.flatMap { Timestamp($0) }
    claimedBy = json["claimedBy"]?.string
    claimedUntil = json["claimedUntil"]?.string.flatMap { Timestamp($0) }
    mayAnswer = json["mayAnswer"]?.bool ?? true
  }

  /// For scripts: as the inbox has it, with what is known of it by now.
  var line: String {
    var writer = JSONWriter()
    writer.object { object in
      object.member("task", task)
      object.member("agent", agent)
      for (key, value) in json.members where !["task", "agent", "claimedBy", "claimedUntil"].contains(key) {
        object.member(key, value)
      }
      object.member("claimedBy", ifPresent: claimedBy)
      object.member("claimedUntil", ifPresent: claimedBy == nil ? nil : claimedUntil?.description)
    }
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  /// As the agent has asked it; without a form, anything that is said is an answer.
  var question: Question {
    let free = Question(id: id, prompt: text, deadline: deadline)
    guard let form else { return free }
    var writer = JSONWriter()
    writer.object { object in
      object.object(Question.extensionURI) { inner in
        inner.member("questionId", id)
        if form["prompt"]?.string == nil { inner.member("prompt", text) }
        for (key, value) in form.members where key != "questionId" { inner.member(key, value) }
      }
    }
    return Question(metadata: try? JSONValue(parsing: writer.bytes)) ?? free
  }
}

/// A question that nobody need answer any more.
struct ClosedQuestion: Sendable, Equatable {
  let task: String
  let id: String
  /// `answered`, `expired`, …
  let how: String
  let by: String?

  /// Nil for what is no such news.
  init?(_ json: JSONValue, task: String? = nil) {
    guard let task = json["task"]?.string ?? task, let id = json["question"]?.string, let how = json["how"]?.string
    else {
      return nil
    }
    self.task = task
    self.id = id
    self.how = TerminalText.line(how, limit: 40)
    by = json["by"]?.string.map { TerminalText.line($0, limit: 80) }
  }
}
