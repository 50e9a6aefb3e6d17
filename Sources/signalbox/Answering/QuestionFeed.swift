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

  init(_ options: QuestionsOptions) {
    self.options = options
  }

  /// What the gateway lists as open. What it no longer lists is over, unless there are more than it lists.
  mutating func take(_ questions: [OpenQuestion], hasMore: Bool, now: Timestamp) -> [String] {
    let listed = Set(questions.map { Key(task: $0.task, question: $0.id) })
    let missing = hasMore ? [] : open.keys.filter { !listed.contains($0) }
    let gone = missing.sorted { ($0.task, $0.question) < ($1.task, $1.question) }
    return gone.flatMap { close($0, how: "is over", by: nil) } + questions.flatMap { take($0, now: now) }
  }

  /// A question as it stands now.
  mutating func take(_ question: OpenQuestion, now: Timestamp) -> [String] {
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

  mutating func take(_ closed: ClosedQuestion) -> [String] {
    close(Key(task: closed.task, question: closed.id), how: closed.how, by: closed.by)
  }

  private mutating func close(_ key: Key, how: String, by: String?) -> [String] {
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
    let who = by.map { " by \($0)" } ?? ""
    return ["\(Self.name(key.task, key.question))  \(how)\(who)"]
  }

  private static func name(_ task: String, _ question: String) -> String {
    "\(TerminalText.escaped(task))  \(TerminalText.escaped(question))"
  }
}
