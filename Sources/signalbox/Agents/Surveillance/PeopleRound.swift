import A2A
import AgentKit
import Surveillance

/// Asks people what the data cannot tell, one question after the other, as long as an answer could change the advice.
struct PeopleRound {
  private static let field = "answer"
  private static let freeText = "other"

  let context: TaskContext
  let parameters: AlertParameters
  let desk: AnalysisDesk

  /// The judgement with all that people said.
  func judge(_ gathered: Investigation.Gathered) async throws -> Judgement {
    var answers: [HumanAnswer] = []
    while true {
      let given = answers
      let assessment = gathered.assess(Self.owners(in: given))
      guard parameters.mayAsk,
        let question = Judgement.questionsToAsk(
          assessment, answers: given, policy: desk.policy,
          reassess: { gathered.assess(Self.owners(in: given + [$0])) }
        ).first
      else { return Judgement.make(assessment, answers: given, policy: desk.policy) }
      answers.append(try await ask(question))
    }
  }

  private static func owners(in answers: [HumanAnswer]) -> [String: String] {
    var owners: [String: String] = [:]
    for answer in answers where answer.kind == .ownerOfAccount && answer.answer != HumanAnswer.unknown {
      if let account = answer.subject { owners[account] = answer.answer }
    }
    return owners
  }

  private func ask(_ question: Surveillance.Question) async throws -> HumanAnswer {
    try await context.progress("Waiting for an answer: \(question.prompt)", phase: "review")
    var draft = QuestionDraft(
      question.prompt, why: question.why.plain, fields: Self.fields(of: question), within: parameters.questionTime,
      otherwise: .init([Self.field: .text(question.defaultAnswer)], consequence: question.consequence))
    draft.allowsDecline = true
    while true {
      let outcome = try await context.ask(draft)
      let isAnswered = outcome.source == .answered && !outcome.isDeclined
      // A caller that does not say who answered has done it itself.
      let by = isAnswered ? outcome.by ?? "\(context.caller)" : outcome.by
      let answer = isAnswered ? Self.answer(in: outcome) : question.defaultAnswer
      if question.accepts(answer) {
        try await context.progress(
          isAnswered ? "The answer is: \(answer)." : "Nobody has answered: \(question.consequence)",
          type: .inputReceived, phase: "review")
        return HumanAnswer(question.kind, subject: question.subject, answer: answer, by: by, at: desk.clock())
      }
      draft.why = "\"\(answer)\" is no id: use letters, digits, and - _ . : / only."
    }
  }

  private static func fields(of question: Surveillance.Question) -> [QuestionField] {
    let options = question.options.map { QuestionField.Option($0.id, $0.label) }
    let choice = QuestionField(
      Self.field, "Answer", .choice(options), initial: .text(question.defaultAnswer))
    guard question.takesFreeText else { return [choice] }
    return [
      choice,
      QuestionField(
        Self.freeText, "Another owner's id", .text(maximumLength: 64), isRequired: false,
        help: "Beats the choice above."),
    ]
  }

  private static func answer(in outcome: QuestionOutcome) -> String {
    for name in [freeText, field] {
      if case .text(let text)? = outcome[name], !text.isEmpty { return text }
    }
    return HumanAnswer.unknown
  }
}
