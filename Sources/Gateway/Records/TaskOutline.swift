import A2A
import JSON
import Journal

/// What a list shows of a task beside what its row in the journal has: what was said last, what the task is about, what runs just now.
///
/// The dashboard makes the same of the records while it listens (web/js/core); this is for whoever comes later. It is written together
/// with the records that change it, and small however much an agent says.
struct TaskOutline: Sendable, Equatable {
  struct Fact: Sendable, Equatable {
    let name: String
    var value: String
  }

  /// A call of a tool that has begun and not ended.
  struct Call: Sendable, Equatable {
    let tool: String
    /// Nil where the agent says none: it means its only call of that tool.
    let id: String?
    /// Of an agent below the task's own, and the task that it calls so.
    let agent: String?
    let agentTask: String?
    var message = ""
    var step: Int64?
    var total: Int64?
  }

  static let messageLimit = 200
  static let factLimit = 8
  static let nameLimit = 60
  static let valueLimit = 120
  static let callLimit = 8

  var message = ""
  /// As the agent has said them when it had read what it was sent.
  var facts: [Fact] = []
  /// In the order in which they began.
  var calls: [Call] = []
  /// In the queue, from 1 on.
  var place: Int64?
  var isPaused = false
  var costs = TaskCosts()

  /// The next event of the task.
  mutating func take(_ news: TaskNews) {
    if let report = news.report { take(report, of: news.state) }
    // What a tool says stands at the tool.
    if let words = news.words, news.report?["tool"] == nil {
      let line = OneLine.first(of: words, limit: Self.messageLimit)
      if !line.isEmpty { message = line }
    }
    if let paused = news.isPaused { isPaused = paused }
    guard let state = news.state else { return }
    if state != .submitted { place = nil }
    if state.isTerminal { (calls, isPaused) = ([], false) }
  }

  /// The same of an event as it stands in the journal.
  mutating func take(event payload: [UInt8]) {
    if let value = try? JSONValue(parsing: payload), let news = TaskNews(value) { take(news) }
  }

  /// The same of an event that is about to be a record.
  func with(_ event: Entry) -> TaskOutline {
    var next = self
    next.take(event: event.payload)
    return next
  }

  /// Apart from how far its calls have come.
  func says(asMuchAs other: TaskOutline) -> Bool {
    message == other.message && facts == other.facts && place == other.place && isPaused == other.isPaused
      && costs == other.costs && calls.count == other.calls.count
      && zip(calls, other.calls).allSatisfy { $0.isSame(as: $1) }
  }

  /// What has come of a command. Whoever reads on from there finds the task so: the agent's own report may come a moment later.
  mutating func take(_ verdict: Verdict.Word) {
    if verdict == .paused { isPaused = true }
    if verdict == .resumed { isPaused = false }
  }

  /// It has left the queue, of which its agent may tell later.
  mutating func wasHandedOver() {
    place = nil
  }

  private mutating func take(_ report: JSONValue, of state: TaskState?) {
    let type = report["type"]?.string ?? ""
    if type == ProgressReport.Kind.routing.name || report["phase"]?.equalsString("parsed") == true {
      takeFacts(report["payload"])
    }
    if state == .submitted, let told = report["payload"]?["place"]?.int, told > 0 { place = told }
    if type.hasPrefix("tool_") { takeCall(report, type) }
    costs.take(type, report["payload"])
    guard report["agentTask"] == nil else { return }
    if type == ProgressReport.Kind.paused.name { isPaused = true }
    if type == ProgressReport.Kind.resumed.name { isPaused = false }
  }

  private mutating func takeFacts(_ payload: JSONValue?) {
    guard let payload else { return }
    for (key, value) in payload.members {
      guard let text = value.string, key.unicodeScalars.count <= Self.nameLimit else { continue }
      let line = OneLine.first(of: text, limit: Self.valueLimit)
      if line.isEmpty { continue }
      if let known = facts.firstIndex(where: { $0.name == key }) {
        facts[known].value = line
      } else if facts.count < Self.factLimit {
        facts.append(Fact(name: key, value: line))
      }
    }
  }
}
