import A2A
import AgentKit
import Surveillance

/// Answers with a model: it chooses the looks and finds the words, and what it says is held against what was found. Where it fails, the
/// rules go on with what is known by then.
struct ModelReasoning: Sendable {
  let context: TaskContext
  let model: LanguageModel
  let question: AskedQuestion
  let inquiry: Inquiry
  let round: LookupRound

  /// What was found out so far.
  private struct Known {
    var evidence: [TakenLook] = []
    var steps = 0
  }

  func run() async throws -> ReasonedAnswer {
    var known = Known()
    do {
      return try await answer(&known)
    } catch let failure as LanguageFailure {
      try await tell(failure)
      guard !model.settings.isRequired else { throw AgentFailure("The language model failed: \(failure.text)") }
      return try await RuleReasoning(
        context: context, question: question, inquiry: inquiry, round: round, known: known.evidence,
        steps: known.steps, interpretation: known.evidence.isEmpty ? .rules : .mixed
      ).run()
    }
  }

  private func answer(_ known: inout Known) async throws -> ReasonedAnswer {
    var talk = ModelTalk(
      context, model, question.parameters,
      opening: ReasoningPrompt.opening(
        question.text, inquiry, days: round.lookups.days, stepsLeft: round.mostSteps))
    while true {
      let evidence = known.evidence
      let move = try await talk.next { text throws(LookupFault) in try check(text, evidence) }
      switch move {
      case .answer(let thought, let text):
        try await think(thought, ReasoningPhase.review)
        return ReasonedAnswer(
          question: question.text, text: text, interpretation: .llm, inquiry: inquiry, evidence: known.evidence,
          steps: known.steps)
      case .look(let thought, let calls):
        guard known.steps < round.mostSteps else {
          throw LanguageFailure(.nonsense, "The model had not answered after \(Lookups.count(known.steps, "step")).")
        }
        known.steps += 1
        try await think(thought, ReasoningPhase.planning)
        talk.tell(
          ReasoningPrompt.results(
            try await look(calls, thought, &known), stepsLeft: round.mostSteps - known.steps))
      }
    }
  }

  /// What was looked up before is not looked up again.
  private func look(_ calls: [LookupCall], _ thought: String, _ known: inout Known) async throws -> [TakenLook] {
    let evidence = known.evidence
    let new = calls.filter { call in !evidence.contains { $0.call == call } }
    let again = evidence.filter { calls.contains($0.call) }
    guard !new.isEmpty else { return again }
    let words = thought.isEmpty ? "\(new.map(\.words).joined(separator: "; "))." : thought
    let found = try await round.take(new, because: words, step: known.steps)
    known.evidence += found
    return again + found
  }

  private func think(_ thought: String, _ phase: String) async throws {
    guard !thought.isEmpty else { return }
    try await context.progress(thought, type: .thinking, phase: phase)
  }

  /// Every number of an answer has to be among what was found.
  private func check(_ text: String, _ evidence: [TakenLook]) throws(LookupFault) {
    do throws(NumberCheckError) {
      try NumberCheck(facts: ReasoningPrompt.facts(question.text, evidence)).check(text)
    } catch {
      throw LookupFault(text: "The answer says what was not found: \(error.text)")
    }
  }

  private func tell(_ failure: LanguageFailure) async throws {
    try await PaidModel(context: context, model: model, phase: ReasoningPhase.planning)
      .tell(failure, saying: "Rules go on without the model. \(failure.text)")
  }
}
