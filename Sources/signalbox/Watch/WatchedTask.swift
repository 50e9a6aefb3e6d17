import A2A
import JSON

/// A running task as the table shows it.
struct WatchedTask: Sendable, Equatable {
  let id: String
  var agent = ""
  var owner = ""
  var state = ""
  var opened: Timestamp?
  /// What was said last, with tool and step.
  var last = ""
  var question: OpenQuestion?
  /// Whose it is has been asked for and is not known yet.
  var isUnknown = true
  /// Since when it is over: it stays in sight for a moment.
  var ended: ContinuousClock.Instant?

  init(id: String) {
    self.id = id
  }

  mutating func take(_ summary: TaskSummary) {
    agent = summary.agent
    owner = summary.owner
    state = summary.state
    opened = Timestamp(summary.opened)
    isUnknown = false
  }

  /// Takes in what a record says.
  mutating func take(_ record: StreamRecord, at now: ContinuousClock.Instant) {
    if opened == nil { opened = Timestamp(record.time) }
    switch record.kind {
    case "event":
      let said = RecordText(record)
      if let state = said.state {
        self.state = state
        if Self.isEnd(state) { ended = ended ?? now }
      }
      if !said.text.isEmpty { last = said.text }
    case "question":
      takeQuestion(record.data)
    case "verdict", "gap":
      last = RecordText(record).text
      if record.data["verdict"]?.string == "ignored" || record.data["verdict"]?.string == "stopped" {
        state = "canceled"
        ended = ended ?? now
      }
    default: break
    }
  }

  private mutating func takeQuestion(_ data: JSONValue) {
    switch data["state"]?.string {
    case "open":
      question = OpenQuestion(data, task: id)
    case "claimed" where question?.id == data["question"]?.string:
      question?.claimedBy = data["by"]?.string
      question?.claimedUntil = data["until"]?.string.flatMap { Timestamp($0) }
    case "released" where question?.id == data["question"]?.string:
      question?.claimedBy = nil
      question?.claimedUntil = nil
    case "closed" where question?.id == data["question"]?.string:
      question = nil
    default: break
    }
  }

  static func isEnd(_ state: String) -> Bool {
    ["completed", "failed", "canceled", "rejected"].contains(state)
  }
}
