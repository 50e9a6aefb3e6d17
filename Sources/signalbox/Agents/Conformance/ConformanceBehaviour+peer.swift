import A2A
import A2AWire
import AgentKit

// Work that another agent does a part of.
extension ConformanceBehaviour {
  static let peer = [
    ConformanceBehaviour(
      "test-child",
      "has the agent of --peer do what follows in the id (`test-child-test-slow` its `test-slow`), passes on its progress and its questions, "
        + "cancels its task first; completes with its end",
      withPeer: { context, peer in
        guard let peer else {
          throw AgentFailure("There is no other agent to call. Start this one with --peer URL.")
        }
        return .done(try await PeerWork(context: context, peer: peer).run())
      })
  ]
}

/// A part of the work that the peer does.
private struct PeerWork {
  let context: TaskContext
  let peer: AgentClient

  func run() async throws -> AgentMessage {
    let rest = context.message.id.dropFirst("test-child-".count)
    let id = rest.hasPrefix("test-") || rest.hasPrefix("tck-") ? String(rest) : "test-slow-\(context.taskID)"
    var message = Message(id: id, role: .user, parts: context.message.parts)
    while true {
      let said = message
      let result = try await context.tool("peer") { _ in
        try await context.call(peer, said) { event in try await forward(event) }
      }
      switch result {
      case .message(let answer): return AgentMessage("The other agent said: \(answer.text)")
      case .task(let task) where task.status.state.isInterrupted: message = try await ask(for: task)
      case .task(let task):
        return AgentMessage("The other agent's task is \(task.status.state): \(task.status.message?.text ?? "")")
      }
    }
  }

  /// What the peer tells of its steps. Its states are its own.
  private func forward(_ event: TaskEvent) async throws {
    guard case .status(let update) = event, let report = ProgressReport(metadata: update.metadata) else { return }
    try await context.progress(
      update.status.message?.text ?? report.type.name, phase: "peer", step: report.step, total: report.total)
  }

  /// The answer to what the peer waits for, asked of our own people.
  private func ask(for task: AgentTask) async throws -> Message {
    let question = Question(metadata: task.status.message?.metadata)
    var draft = QuestionDraft(
      question?.prompt ?? task.status.message?.text ?? "The other agent waits.", why: question?.why,
      fields: question?.fields ?? [])
    draft.allowsDecline = question?.allowsDecline ?? false
    draft.need = task.status.state == .authRequired ? .authentication : .input
    let outcome = try await context.ask(draft)
    var message = Message(
      id: "\(context.taskID)-answer", role: .user, parts: outcome.message?.parts ?? [.text("")], taskID: task.id)
    if let question, !question.fields.isEmpty || outcome.isDeclined {
      message.metadata = Answer(questionID: question.id, outcome.answer.content).metadata()
    }
    return message
  }
}
