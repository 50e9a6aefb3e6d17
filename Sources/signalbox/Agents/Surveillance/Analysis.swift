import A2A
import AgentKit
import Surveillance

/// One alert, from its facts to the advice.
struct Analysis: Sendable {
  let context: TaskContext
  let kind: AlertKind
  let alert: Alert
  /// As it came, for the language model.
  let alertText: String
  let parameters: AlertParameters
  let desk: AnalysisDesk
  let runner: ToolRunner

  func run() async throws -> AgentMessage {
    let gathered = try await within { try await gather() }
    try await context.progress("Weighing what was found.", type: .stepStarted, phase: "review")
    let judgement = try await PeopleRound(context: context, parameters: parameters, desk: desk).judge(gathered)
    var decision = Decision(
      alert, judgement, precedents: desk.precedents,
      .init(id: context.taskID, at: desk.clock(), toolCalls: runner.calls))
    try await context.progress("Writing the decision.", type: .stepStarted, phase: "decision")
    if let model = desk.model {
      try await Interpreter(context: context, model: model, parameters: parameters)
        .rewrite(&decision, alertText: alertText, news: judgement.assessment.headlines)
    }
    // Behind this place there is a decision.
    try await context.checkpoint()
    for artifact in DecisionArtifacts(decision).all { try await context.artifact(artifact) }
    return AgentMessage(decision.sentence)
  }

  private func gather() async throws -> Investigation.Gathered {
    try await Investigation(alert, desk.reference, desk.policy).gather(kind, with: runner) {
      let heading = AlertHeading(alert, kinds: [kind], reference: desk.reference)
      try await context.progress(
        "The alert was read.", type: .stepCompleted, title: heading.title, phase: "parsed",
        payload: .object { heading.write(alert, into: &$0) })
      try await context.progress("Gathering evidence.", type: .stepStarted, phase: "evidence")
    }
  }

  /// Waiting for people is no part of the time that the caller gave.
  private func within<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) async throws -> Value {
    guard let time = parameters.timeLimit else { return try await body() }
    return try await TimeLimit(
      time, "The analysis took longer than the \(time.components.seconds) s of deadline_s."
    ).hold(body)
  }
}

extension Assessment {
  fileprivate var headlines: [String] {
    switch section {
    case .insider(let section): section.newsTimeline.map(\.headline)
    case .wash: []
    }
  }
}
