import JSON

/// The questions of one task, as the gateway lists them.
struct TaskQuestions: Sendable {
  private let task: String
  private let open: [OpenQuestion]
  private let closed: [ClosedQuestion]

  init(_ json: JSONValue, task: String) {
    self.task = task
    var (open, closed): ([OpenQuestion], [ClosedQuestion]) = ([], [])
    if let list = json["questions"], list.kind == .array {
      for element in list.elements {
        if let one = ClosedQuestion(element, task: task) {
          closed.append(one)
        } else if let one = OpenQuestion(element, task: task), element["state"]?.string != "closed" {
          open.append(one)
        }
      }
    }
    (self.open, self.closed) = (open, closed)
  }

  /// The one that is meant.
  /// - Parameter name: nil: the one that is open.
  func choose(_ name: String?) -> Result<OpenQuestion, CommandFailure> {
    let shown = TerminalText.line(task, limit: 200)
    if let name {
      if let found = open.first(where: { $0.id == name }) { return .success(found) }
      if let found = closed.first(where: { $0.id == name }) {
        let by = found.by.map { " by \($0)" } ?? ""
        return .failure(CommandFailure(.notTaken, ["The question \(name) of \(shown) is closed: \(found.how)\(by)."]))
      }
      let hint = open.isEmpty ? "None is open." : "Open: \(open.map(\.id).joined(separator: ", "))."
      return .failure(
        CommandFailure(.notTaken, ["\(shown) has no question \(TerminalText.line(name, limit: 40)). \(hint)"]))
    }
    switch open.count {
    case 1: return .success(open[0])
    case 0: return .failure(CommandFailure(.notTaken, ["\(shown) has no open question."]))
    default:
      let names = open.map { TerminalText.line($0.id, limit: 40) }.joined(separator: ", ")
      return .failure(CommandFailure(.notTaken, ["\(shown) has several open questions; name one: \(names)."]))
    }
  }
}
