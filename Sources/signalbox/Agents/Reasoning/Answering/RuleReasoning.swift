import A2A
import AgentKit
import Surveillance

/// Answers by rules: plans the looks, takes them, and puts what they gave into sentences.
struct RuleReasoning: Sendable {
  let context: TaskContext
  let question: AskedQuestion
  let inquiry: Inquiry
  let round: LookupRound
  /// What others have found out already.
  var known: [TakenLook] = []
  var steps = 0
  var interpretation = ReasonedAnswer.Interpretation.rules

  func run() async throws -> ReasonedAnswer {
    let plan = LookupPlan(inquiry)
    var evidence = known
    var steps = steps
    var waiting = Array(plan.first.filter { call in !known.contains { $0.call == call } })
    if !waiting.isEmpty { try await tell(waiting) }
    while !waiting.isEmpty, steps < round.mostSteps {
      steps += 1
      let calls = Array(waiting.prefix(LookupRound.most))
      waiting.removeFirst(calls.count)
      evidence += try await round.take(calls, because: Self.thought(calls), step: steps)
      if waiting.isEmpty { waiting = plan.next(after: evidence) }
    }
    var notes = plan.notes
    if !waiting.isEmpty {
      notes.append(
        "After \(Lookups.count(steps, "step")), the most there may be, not all was looked at: "
          + "\(Lookups.some(waiting.map(\.words))).")
    }
    try await review(evidence)
    return ReasonedAnswer(
      question: question.text,
      text: AnswerWords(inquiry: inquiry, lookups: round.lookups).text(evidence, notes: notes),
      interpretation: interpretation, inquiry: inquiry, evidence: evidence, steps: steps)
  }

  private func tell(_ calls: [LookupCall]) async throws {
    let steps = calls.enumerated().map { "\($0.offset + 1). \($0.element.words)" }
    try await context.progress(
      "The plan: \(steps.joined(separator: "; ")).", type: .thinking, phase: ReasoningPhase.planning)
  }

  private static func thought(_ calls: [LookupCall]) -> String {
    let words = calls.map(\.words).joined(separator: "; ")
    return "\(words.prefix(1).uppercased())\(words.dropFirst())."
  }

  private func review(_ evidence: [TakenLook]) async throws {
    let empty = evidence.filter { $0.result.rows == 0 }
    let found = evidence.count - empty.count
    let text =
      evidence.isEmpty
      ? "There was nothing to look up."
      : "\(found) of \(Lookups.count(evidence.count, "look")) found something"
        + (empty.isEmpty ? "." : "; nothing was found when it came to: \(Lookups.some(empty.map(\.call.words))).")
    try await context.progress(text, type: .thinking, phase: ReasoningPhase.review)
  }
}
