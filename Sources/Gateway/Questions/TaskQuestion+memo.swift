import A2A
import JSON
import Journal

// Remembered with the task: enough to go on after a restart, and for lists of questions.
extension TaskQuestion {
  /// All questions of a task.
  static let family = "question/"

  var memo: Memo {
    var writer = JSONWriter()
    writer.object { object in
      object.member("number", number)
      object.member("kind", kind.rawValue)
      object.member("text", text)
      object.member("form", ifPresent: form?.metadata())
      object.member("message", ifPresent: message)
      object.member("asked", asked)
      switch state {
      case .open(let claim?):
        object.member("claimedBy", claim.by)
        object.member("claimedUntil", claim.until)
      case .open(nil): break
      case .closed(let end): object.object("end") { end.write(into: &$0) }
      }
    }
    return Memo(Self.family + name, writer.bytes)
  }

  /// Nil for what this does not write.
  init?(_ memo: Memo) {
    guard memo.name.hasPrefix(Self.family), let body = memo.body, let value = try? JSONValue(parsing: body),
      let number = value["number"]?.int.flatMap(Int.init(exactly:)),
      let kind = value["kind"]?.string.flatMap(Kind.init), let text = value["text"]?.string,
      let asked = value["asked"]?.int
    else { return nil }
    self.init(
      number: number, kind: kind, text: text, form: Question(metadata: value["form"]),
      message: value["message"]?.string, asked: asked)
    if let end = value["end"].flatMap(QuestionEnd.init(reading:)) {
      state = .closed(end)
    } else if let by = value["claimedBy"]?.string, let until = value["claimedUntil"]?.int {
      state = .open(QuestionClaim(by: by, until: until))
    }
  }
}

extension QuestionEnd {
  fileprivate func write(into object: inout JSONWriter) {
    object.member("how", how.rawValue)
    object.member("at", at)
    object.member("by", ifPresent: by)
    object.member("why", ifPresent: why)
    if let answer {
      object.member("command", answer.command.id)
      object.member("message", answer.message)
    }
  }

  fileprivate init?(reading value: JSONValue) {
    guard let how = value["how"]?.string.flatMap(How.init), let at = value["at"]?.int else { return nil }
    self.init(how: how, at: at, by: value["by"]?.string, why: value["why"]?.string)
    if let by, let command = value["command"]?.string, let message = value["message"]?.string {
      answer = Answer(command: .init(by: by, id: command), message: message)
    }
  }
}

extension [Memo] {
  /// The questions among them, in the order in which they were asked.
  var questions: [TaskQuestion] { compactMap { TaskQuestion($0) }.sorted { $0.number < $1.number } }
}
