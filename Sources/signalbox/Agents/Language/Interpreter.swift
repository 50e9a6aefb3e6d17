import A2A
import AgentKit
import JSON
import Surveillance

/// Has a model say the decision's reasons in better words. It sets no figure: words with a number that is not among the facts are thrown
/// away, and whatever goes wrong, the template's words stand.
struct Interpreter: Sendable {
  private static let phase = "decision"

  let context: TaskContext
  let model: LanguageModel
  let parameters: AlertParameters

  private var paid: PaidModel { PaidModel(context: context, model: model, phase: Self.phase) }

  /// Throws where the model must not fail, and where the task is cancelled.
  func rewrite(_ decision: inout Decision, alertText: String, news: [String]) async throws {
    let request = model.request(
      ModelPrompt(decision, alertText: alertText, news: news), model: parameters.model,
      isStreaming: parameters.isStreaming)
    do {
      let answer = try await listen(request)
      do throws(NumberCheckError) {
        try decision.take(answer.text, interpretation: .llm)
      } catch {
        throw LanguageFailure(.facts, "The model wrote what it may not: \(error.text)").told(without: nil)
          .billed(answer.meter)
      }
      try await paid.tellEnd(answer, saying: "The model's words fit the facts and are used.")
    } catch let failure as LanguageFailure {
      try await paid.tell(failure, saying: "The template's words are used. \(failure.text)")
      guard !model.settings.isRequired else { throw AgentFailure("The language model failed: \(failure.text)") }
    }
  }

  /// The answer, its words shown as they come, but not more often than people can see.
  private func listen(_ request: ChatRequest) async throws -> PaidModel.Answer {
    var pieces = WordPieces()
    let answer: PaidModel.Answer
    do {
      answer = try await paid.ask(request, saying: "Asking \(request.model) for better words.") { words in
        if request.isStreaming, let text = pieces.add(words, at: .now) { try await show(text) }
      }
    } catch {
      if let text = pieces.rest() { try await show(text) }
      throw error
    }
    if let text = pieces.rest() { try await show(text) }
    return answer
  }

  private func show(_ text: String) async throws {
    try await context.progress(text, type: .modelChunk, phase: Self.phase)
  }
}
