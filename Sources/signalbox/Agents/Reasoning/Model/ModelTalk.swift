import A2A
import AgentKit
import Surveillance

/// The conversation with a model about one question: each of its replies is checked, and told of.
struct ModelTalk: Sendable {
  let context: TaskContext
  let model: LanguageModel
  let parameters: ReasoningParameters
  private var messages: [ModelPrompt.Message]

  init(_ context: TaskContext, _ model: LanguageModel, _ parameters: ReasoningParameters, opening: String) {
    self.context = context
    self.model = model
    self.parameters = parameters
    messages = [
      ModelPrompt.Message(role: "system", content: ReasoningPrompt.instructions),
      ModelPrompt.Message(role: "user", content: opening),
    ]
  }

  mutating func tell(_ text: String) { messages.append(ModelPrompt.Message(role: "user", content: text)) }

  /// What the model wants to do; one reply that cannot be used is sent back to it.
  /// - Parameter check: throws what is wrong with an answer.
  mutating func next(_ check: (String) throws(LookupFault) -> Void) async throws -> ModelMove {
    var fault: LookupFault?
    for _ in 0..<2 {
      let reply = try await ask()
      messages.append(ModelPrompt.Message(role: "assistant", content: reply))
      do throws(LookupFault) {
        let move = try ModelMove(reading: reply)
        if case .answer(_, let text) = move { try check(text) }
        return move
      } catch {
        fault = error
        tell(ReasoningPrompt.fault(error.text))
      }
    }
    throw LanguageFailure(.facts, "The model's reply cannot be used: \(fault?.text ?? "")").told(without: nil)
  }

  private func ask() async throws -> String {
    let settings = model.settings
    let request = ChatRequest(
      model: parameters.model ?? settings.model, messages: messages, isStreaming: false,
      temperature: settings.temperature, maximumTokens: settings.maximumTokens)
    let paid = PaidModel(context: context, model: model, phase: ReasoningPhase.planning)
    let answer = try await paid.ask(request, saying: "Asking \(request.model) what to do next.")
    try await paid.tellEnd(answer, saying: "The model has replied.")
    return answer.text
  }
}
