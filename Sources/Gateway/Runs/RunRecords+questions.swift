import A2A
import JSON
import Journal
import Telemetry

// What an agent asks, and who answers. Questions go by the gateway's names for them.
extension RunRecords {
  /// `{"question":"q1","state":"open","kind":…,"text":…,"form":{…}?,"deadline":…?,"reopened":true?}`
  static func asked(_ question: TaskQuestion, again: Bool = false) -> Entry {
    entry(.question, origin: gateway) { object in
      object.member("question", question.name)
      object.member("state", "open")
      question.writeAsked(into: &object)
      if again { object.member("reopened", true) }
    }
  }

  /// `{"question":"q1","state":"claimed","by":…,"until":…}`
  static func claimed(_ question: TaskQuestion, _ claim: QuestionClaim) -> Entry {
    entry(.question, origin: gateway) { object in
      object.member("question", question.name)
      object.member("state", "claimed")
      object.member("by", claim.by)
      object.member("until", RFC3339.text(millisecondsSince1970: claim.until))
    }
  }

  /// `{"question":"q1","state":"released","by":…?}`
  /// - Parameter by: who gave the claim up; nil where its time was over.
  static func released(_ question: TaskQuestion, by principal: String?) -> Entry {
    entry(.question, origin: gateway) { object in
      object.member("question", question.name)
      object.member("state", "released")
      object.member("by", ifPresent: principal)
    }
  }

  /// `{"question":"q1","state":"closed","how":…,"by":…?,"why":…?}`
  static func closed(_ question: TaskQuestion, _ end: QuestionEnd) -> Entry {
    entry(.question, origin: gateway) { object in
      object.member("question", question.name)
      object.member("state", "closed")
      object.member("how", end.how.rawValue)
      object.member("by", ifPresent: end.by)
      object.member("why", ifPresent: end.why)
    }
  }

  /// `{"command":"answer","id":…,"by":…,"question":"q1","values":{…}|"declined":true|"text":…,"message":{…}}`
  static func answer(_ answer: GivenAnswer, to question: TaskQuestion, _ command: RunCommand) -> Entry {
    entry(.answer, origin: command.by) { object in
      object.member("command", "answer")
      object.member("id", command.id)
      object.member("by", command.by)
      object.member("question", question.name)
      answer.write(into: &object)
      object.key("message")
      object.raw(trusted: answer.message.encoded())
    }
  }
}

extension TaskQuestion {
  /// `"kind":…,"text":…,"form":{…}?,"deadline":…?`
  func writeAsked(into object: inout JSONWriter) {
    object.member("kind", kind.rawValue)
    object.member("text", text)
    if let form { object.object("form") { form.writeForm(into: &$0) } }
    if let deadline { object.member("deadline", RFC3339.text(millisecondsSince1970: deadline)) }
  }
}
