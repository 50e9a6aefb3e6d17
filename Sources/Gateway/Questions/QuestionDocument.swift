import JSON
import Journal
import Telemetry

extension OpenQuestion {
  /// As lists of open questions have it: `{"task":…,"title":…,"agent":…,"owner":…,"question":"q1","kind":…,"text":…,"form":{…}?,"asked":…,
  /// "deadline":…?,"claimedBy":…?,"claimedUntil":…?,"mayAnswer":…}`.
  func write(to writer: inout JSONWriter) {
    writer.object { object in
      object.member("task", task.id)
      object.member("title", task.title)
      object.member("agent", task.opening.agent)
      object.member("owner", task.opening.owner)
      question.write(into: &object)
      object.member("mayAnswer", mayAnswer)
    }
  }
}

extension TaskQuestion {
  /// As a task's own list has it, with how it stands: `"state":"open"|"closed"`, `how`, `closed`, `by`, `why`.
  func write(to writer: inout JSONWriter) {
    writer.object { object in
      write(into: &object)
      object.member("state", isOpen ? "open" : "closed")
      guard let end else { return }
      object.member("how", end.how.rawValue)
      object.member("closed", RFC3339.text(millisecondsSince1970: end.at))
      object.member("by", ifPresent: end.by)
      object.member("why", ifPresent: end.why)
    }
  }

  fileprivate func write(into object: inout JSONWriter) {
    object.member("question", name)
    writeAsked(into: &object)
    object.member("asked", RFC3339.text(millisecondsSince1970: asked))
    guard let claim else { return }
    object.member("claimedBy", claim.by)
    object.member("claimedUntil", RFC3339.text(millisecondsSince1970: claim.until))
  }
}
