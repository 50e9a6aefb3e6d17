import HTTP
import Journal

extension Runs {
  /// Why a task that has ended takes no answer: who was first, also when that has just ended it. Nil where the command is about no question.
  func refusal(of command: RunCommand, to task: StoredTask) async throws(JournalError) -> Refusal? {
    let name: String
    switch command.act {
    case .answer(let reply):
      guard let question = reply.question else { return nil }
      name = question
    case .claim(let question), .release(let question): name = question
    case .cancel, .say, .pause, .resume, .review: return nil
    }
    let asked = try await journal.memos(of: task.id, under: TaskQuestion.family).questions.first { $0.name == name }
    guard let asked else { return .noSuchQuestion }
    return .closed(name, asked.end ?? QuestionEnd(how: .ended, at: task.updated))
  }
}
