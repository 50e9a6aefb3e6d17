import A2A
import JSON

/// The inbox as it changes, in lines: what is told again after a lost connection is not shown again.
struct QuestionFeed: Sendable {
  private struct Key: Hashable {
    let task: String
    let question: String
  }

  private let options: QuestionsOptions
  private var open: [Key: OpenQuestion] = [:]
  /// The agent of each task of which it is known.
  private var agents: [String: String] = [:]
  /// Questions of tasks of which it is not.
  private var waiting: [String: OpenQuestion] = [:]

  init(_ options: QuestionsOptions) {
    self.options = options
  }

  /// What the gateway lists as open. What it no longer lists is over.
  mutating func take(_ questions: [OpenQuestion], now: Timestamp) -> [String] {
    let listed = Set(questions.map { Key(task: $0.task, question: $0.id) })
    let gone = open.keys.filter { !listed.contains($0) }.sorted { ($0.task, $0.question) < ($1.task, $1.question) }
    for question in questions { agents[question.task] = question.agent }
    return gone.flatMap { close($0, how: "is over", by: nil) } + questions.flatMap { show($0, now: now) }
  }

  mutating func take(_ record: StreamRecord, now: Timestamp) -> [String] {
    guard record.kind == "question", let name = record.data["question"]?.string else { return [] }
    let key = Key(task: record.task, question: name)
    switch record.data["state"]?.string {
    case "open":
      guard let question = OpenQuestion(record.data, task: record.task, agent: agents[record.task]) else { return [] }
      if agents[record.task] == nil {
        waiting[record.task] = question
        return []
      }
      return show(question, now: now)
    case "claimed":
      guard var question = open[key] else { return [] }
      question.claimedBy = record.data["by"]?.string
      return show(question, now: now)
    case "released":
      guard var question = open[key] else { return [] }
      question.claimedBy = nil
      return show(question, now: now)
    case "closed":
      return close(key, how: record.data["how"]?.string ?? "is over", by: record.data["by"]?.string)
    default: return []
    }
  }

  /// The task that has to be asked about before its question can be shown.
  func unknown(_ record: StreamRecord) -> String? {
    waiting[record.task] == nil ? nil : record.task
  }

  mutating func learn(_ task: TaskSummary, now: Timestamp) -> [String] {
    agents[task.id] = task.agent
    guard let question = waiting.removeValue(forKey: task.id) else { return [] }
    return OpenQuestion(question.json, task: task.id, agent: task.agent).map { show($0, now: now) } ?? []
  }

  // MARK: Lines

  private mutating func close(_ key: Key, how: String, by: String?) -> [String] {
    waiting[key.task] = nil
    guard open.removeValue(forKey: key) != nil else { return [] }
    if options.printsJSON {
      var writer = JSONWriter()
      writer.object { object in
        object.member("task", key.task)
        object.member("question", key.question)
        object.member("state", "closed")
        object.member("how", how)
        object.member("by", ifPresent: by)
      }
      return [String(decoding: writer.bytes, as: UTF8.self)]
    }
    let who = by.map { " by \(TerminalText.line($0, limit: 80))" } ?? ""
    return ["\(Self.name(key.task, key.question))  \(TerminalText.line(how, limit: 40))\(who)"]
  }

  private mutating func show(_ question: OpenQuestion, now: Timestamp) -> [String] {
    guard options.takes(question) else { return [] }
    let before = open.updateValue(question, forKey: Key(task: question.task, question: question.id))
    guard before == nil || before?.claimedBy != question.claimedBy else { return [] }
    if options.printsJSON { return [question.line] }
    let name = Self.name(question.task, question.id)
    if before != nil {
      let who = question.claimedBy.map { "\(TerminalText.line($0, limit: 80)) is answering" }
      return ["\(name)  \(who ?? "nobody is answering any more")"]
    }
    let left = QuestionTable.left(question.deadline, now: now)
    let facts = [question.agent, left.isEmpty ? "" : "\(left) left"].filter { !$0.isEmpty }
    let who = facts.isEmpty ? "" : "(\(TerminalText.line(facts.joined(separator: ", "), limit: 80))) "
    return ["\(name)  \(who)\(TerminalText.line(question.text, limit: 300))"]
  }

  private static func name(_ task: String, _ question: String) -> String {
    "\(TerminalText.escaped(task))  \(TerminalText.escaped(question))"
  }
}
