import A2A

/// Open questions for people: one a line, in columns.
enum QuestionTable {
  static let textLimit = 70

  static func text(_ questions: [OpenQuestion], now: Timestamp) -> String {
    let head = ["TASK", "QUESTION", "AGENT", "OWNER", "LEFT", "ANSWERING", "ASKED"]
    return Columns.text([head] + questions.map { cells($0, now: now) })
  }

  private static func cells(_ question: OpenQuestion, now: Timestamp) -> [String] {
    // What somebody types next is never cut.
    [TerminalText.escaped(question.task), TerminalText.escaped(question.id)]
      + [question.agent, question.owner].map { TerminalText.line($0, limit: 30) }
      + [
        left(question.deadline, now: now), TerminalText.line(question.claimedBy ?? "", limit: 30),
        TerminalText.line(question.text, limit: textLimit),
      ]
  }

  /// Until the deadline: "4:07", "1:02:03"; "over" behind it.
  static func left(_ deadline: Timestamp?, now: Timestamp) -> String {
    guard let deadline else { return "" }
    let left = deadline.millisecondsSince1970 - now.millisecondsSince1970
    return left <= 0 ? "over" : Clock.text(seconds: (left + 999) / 1000)
  }
}

/// Lengths of time as clocks have them: "0:07", "4:07", "1:02:03", "3d 4h".
enum Clock {
  static func text(seconds: Int64) -> String {
    let seconds = max(0, seconds)
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60)
    if hours >= 100 { return "\(hours / 24)d \(hours % 24)h" }
    return hours > 0 ? "\(hours):\(padded(minutes)):\(padded(rest))" : "\(minutes):\(padded(rest))"
  }

  private static func padded(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
