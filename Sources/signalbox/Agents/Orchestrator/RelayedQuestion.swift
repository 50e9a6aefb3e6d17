import A2A
import AgentKit

/// What a specialist asks, asked of our own people in the same words and with the same form.
struct RelayedQuestion: Sendable {
  /// An answer that comes at the last moment has some way to go yet, and so has the word that nobody gave one.
  private static let margin: Duration = .seconds(2)
  /// What a specialist that is told how long to wait waits beyond what our people have: a busy machine may need it.
  private static let reserve: Duration = .seconds(60)

  private let context: TaskContext
  private let task: AgentTask
  private let question: Question?
  private let limit: Duration

  /// - Parameter limit: how long our own people are asked.
  init(_ context: TaskContext, _ task: AgentTask, within limit: Duration) {
    self.context = context
    self.task = task
    self.limit = limit
    question = Question(metadata: task.status.message?.metadata)
  }

  /// The message that answers the specialist. Nobody's answer is passed on as one that was declined.
  func ask() async throws -> Message {
    var draft = QuestionDraft(
      question?.prompt ?? task.status.message?.text ?? "The agent waits for an answer.", why: question?.why,
      fields: question?.fields ?? [], within: time)
    draft.allowsDecline = question?.allowsDecline ?? false
    draft.need = task.status.state == .authRequired ? .authentication : .input
    if let question, question.allowsDecline {
      draft.otherwise = .init([:], consequence: question.onExpiry ?? "the agent goes on without an answer.")
    }
    let outcome = try await context.ask(draft)
    var message = Message(
      id: "\(context.taskID)-\(task.id)-\(question?.id ?? "answer")", role: .user,
      parts: outcome.message?.parts ?? [.text("Nobody answered in time.")], taskID: task.id)
    guard let question, !question.fields.isEmpty || question.allowsDecline else { return message }
    let isAnswered = outcome.source == .answered
    Answer(questionID: question.id, isAnswered ? outcome.answer.content : .declined, by: outcome.by).mark(&message)
    return message
  }

  /// How long a specialist is told to wait for what our people are asked so long.
  static func time(beyond limit: Duration) -> Duration { min(limit + reserve, AlertParameters.longestQuestion) }

  /// Always a little less than the specialist waits.
  private var time: Duration {
    guard let deadline = question?.deadline, let asked = task.status.timestamp else { return limit }
    let whole = Duration.milliseconds(deadline.millisecondsSince1970 - asked.millisecondsSince1970)
    return min(limit, max(whole - min(Self.margin, whole / 4), .milliseconds(1)))
  }
}
