import A2A
import AgentKit
import Surveillance

/// Asks people whom a question means by a name that several have.
struct SubjectQuestion: Sendable {
  private static let field = "choice"
  private static let everybody = "all"
  private static let nobody = "none"

  let context: TaskContext
  let lookups: Lookups
  let parameters: ReasoningParameters

  /// Puts those who are meant in the place of the names. What nobody settles is said in the answer.
  func settle(_ inquiry: inout Inquiry) async throws {
    guard parameters.isInteractive else { return }
    for ambiguity in inquiry.ambiguities {
      let chosen = try await ask(ambiguity)
      guard !chosen.isEmpty else { continue }
      inquiry.ambiguities.removeAll { $0 == ambiguity }
      for subject in chosen { inquiry.add(subject) }
    }
  }

  private func ask(_ ambiguity: Inquiry.Ambiguity) async throws -> [AskedSubject] {
    let options =
      ambiguity.candidates.map { QuestionField.Option($0.id, "The \($0.kind) \(lookups.title(of: $0))") } + [
        QuestionField.Option(Self.everybody, "All of them"), QuestionField.Option(Self.nobody, "None of them"),
      ]
    var draft = QuestionDraft.choice(
      "Who is meant by \"\(ambiguity.words)\"?", options,
      why: "\(ambiguity.candidates.count) on file have that name.", within: parameters.questionTime,
      otherwise: .init([Self.field: .text(Self.nobody)], consequence: "the answer leaves it open who was meant."))
    draft.allowsDecline = true
    let outcome = try await context.ask(draft)
    guard !outcome.isDeclined, case .text(let choice)? = outcome[Self.field], choice != Self.nobody else { return [] }
    let chosen = choice == Self.everybody ? ambiguity.candidates : ambiguity.candidates.filter { $0.id == choice }
    try await context.progress(
      "\"\(ambiguity.words)\" is \(chosen.map(lookups.title).joined(separator: ", ")).", type: .inputReceived,
      phase: ReasoningPhase.analysis)
    return chosen
  }
}
