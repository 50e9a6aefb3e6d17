import HTTP
import Telemetry

/// What somebody thinks of what a task has come to.
struct TaskReview: Sendable, Equatable {
  enum Opinion: String, Sendable, Equatable, CaseIterable {
    case accept
    case disagree
  }

  let opinion: Opinion
  var why: String?
}

extension TaskReview {
  /// - Parameter word: as its sender says it; nil where nothing was said.
  init(_ word: String?, why: String?) throws(Refusal) {
    guard let opinion = word.flatMap(Opinion.init) else {
      let words = Opinion.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: " or ")
      let said = word.map { "not \(Excerpt.quoting($0.utf8))" } ?? "and nothing was said"
      throw .badCommand("The \"opinion\" is \(words), \(said).")
    }
    self.init(opinion: opinion, why: why)
  }

  /// Throws for what nobody could learn from: who disagrees is asked what with.
  func check() throws(Refusal) {
    try CommandWords.check(why: why)
    guard opinion == .disagree, (why ?? "").allSatisfy(\.isWhitespace) else { return }
    throw .badCommand("Whoever disagrees says why. Send a \"why\" of up to \(CommandWords.longestWhy) characters.")
  }
}
