import A2A
import A2AWire
import AgentKit
import JSON
import Surveillance

/// What came of one specialist's work.
struct HandoffResult: Sendable {
  let assignment: Assignment
  let determination: String?
  /// The specialist's.
  let lastWord: String
}

/// One alert in the hands of one specialist: its reports, questions and results go through to our own task.
struct Handoff: Sendable {
  let context: TaskContext
  let specialist: Specialist
  let assignment: Assignment
  let xml: [UInt8]
  let parameters: AlertParameters
  /// Behind the names of its artifacts, where there are several specialists' in one task.
  let suffix: String

  private var name: String { specialist.name.rawValue }

  func run() async throws -> HandoffResult {
    try await checkCard()
    try await context.progress(
      "The alert \(assignment.alertID) goes to the agent \(name).", type: .agentHandoff, phase: "evidence",
      payload: .object { $0.member("agent", name) })
    var told = parameters
    told.questionTime = RelayedQuestion.time(beyond: parameters.questionTime)
    var message = Message(
      id: "\(context.taskID)-\(assignment.number)-\(name)", role: .user,
      parts: [Part(.text(String(decoding: xml, as: UTF8.self)), mediaType: "application/xml"), told.part],
      contextID: context.contextID)
    while true {
      let task = try await send(message)
      switch task.status.state {
      case .completed: return try result(task)
      case .rejected: throw AgentRejection("The agent \(name) rejected the alert: \(said(task))")
      case .failed: throw AgentFailure(said(task))
      case .canceled: throw AgentFailure("The agent \(name) was cancelled by somebody else: \(said(task))")
      case .inputRequired, .authRequired:
        message = try await RelayedQuestion(context, task, within: parameters.questionTime).ask()
      case .submitted, .working:
        throw AgentFailure("The agent \(name) ended its stream while its task was at work.")
      }
    }
  }

  /// Whoever answers there must be the specialist, before it is told anything.
  private func checkCard() async throws {
    let card: AgentCard
    do throws(AgentCallError) {
      card = try await specialist.client.card()
    } catch {
      try Task.checkCancellation()
      throw unavailable(error.description)
    }
    let skill = Specialist.skill(for: assignment.kind)
    guard card.skills.contains(where: { $0.id == skill }) else {
      throw unavailable("The agent there, \"\(card.name)\", does not offer \(skill).")
    }
  }

  private func send(_ message: Message) async throws -> AgentTask {
    let relay = Relay(context: context, agent: name, suffix: suffix)
    let result: SendResult
    do {
      result = try await context.call(specialist.client, message) { try await relay.pass(on: $0) }
    } catch let failure as AgentFailure where failure.reason == .call {
      throw unavailable(failure.message)
    }
    guard case .task(let task) = result else {
      throw AgentFailure("The agent \(name) answered with a message instead of a task.")
    }
    return task
  }

  private func unavailable(_ why: String) -> AgentFailure {
    AgentFailure("AGENT_UNAVAILABLE: the agent \(name) cannot work on the alert. \(why)", reason: .call)
  }

  /// Who has nothing to show is not done, whatever it says.
  private func result(_ task: AgentTask) throws -> HandoffResult {
    guard let decision = task.artifacts?.first(where: { $0.id == DecisionArtifacts.decision }) else {
      throw AgentFailure("The agent \(name) ended its task without a decision: \(said(task))")
    }
    var determination: String?
    if case .data(let value)? = decision.parts.first?.content { determination = value["determination"]?.string }
    return HandoffResult(assignment: assignment, determination: determination, lastWord: said(task))
  }

  private func said(_ task: AgentTask) -> String { task.status.message?.text ?? "It said nothing." }
}
