/// How tasks that were followed to their end have ended, as this command's own ending.
enum TailEnding {
  /// Nil when all went well. Of several, the worst counts: failed before rejected before canceled.
  static func failure(_ tasks: [TaskSummary]) -> CommandFailure? {
    let bad: [(String, ExitCode, String)] = [
      ("failed", .taskFailed, "has failed"), ("rejected", .taskRejected, "was rejected by its agent"),
      ("canceled", .taskCanceled, "was canceled"),
    ]
    var code: ExitCode?
    var messages: [String] = []
    for (state, ending, words) in bad {
      for task in tasks where task.state == state {
        code = code ?? ending
        messages.append("The task \(TerminalText.line(task.id, limit: 200)) \(words).")
      }
    }
    for task in tasks where task.state != "completed" && !bad.contains(where: { $0.0 == task.state }) {
      code = code ?? .failure
      messages.append("The task \(TerminalText.line(task.id, limit: 200)) has ended as \(task.standing).")
    }
    return code.map { CommandFailure($0, messages) }
  }
}
