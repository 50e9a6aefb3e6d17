import A2A
import AgentKit
import JSON
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
    try Task.checkCancellation()
    let settings = model.settings
    let request = ChatRequest(
      model: parameters.model ?? settings.model, messages: messages, isStreaming: false,
      temperature: settings.temperature, maximumTokens: settings.maximumTokens)
    // Nothing is asked with a budget that is spent.
    try await tell(model.budget.spend(0))
    try await context.progress(
      "Asking \(request.model) what to do next.", type: .modelStarted, phase: ReasoningPhase.planning,
      payload: .object { payload in
        payload.member("model", request.model)
        let most = ChatReply.Usage(promptTokens: request.promptTokens, completionTokens: request.maximumTokens)
        payload.member("estimated_cost_usd", Double(settings.prices.cost(of: most)) / 1_000_000)
      })
    let start = ContinuousClock.now
    var meter = CostMeter(request, settings.prices, model.budget)
    let reply = try await model.answer(request) { words in
      try Task.checkCancellation()
      try await tell(meter.hear(words))
    }
    try await tell(meter.settle(reply.usage))
    try await tellEnd(request, reply, after: ContinuousClock.now - start)
    return reply.text
  }

  private func tellEnd(_ request: ChatRequest, _ reply: ChatReply, after time: Duration) async throws {
    try await context.progress(
      "The model has replied.", type: .modelCompleted, phase: ReasoningPhase.planning,
      payload: .object { payload in
        payload.member("model", request.model)
        payload.member("durationMs", Int(time / .milliseconds(1)))
        if let usage = reply.usage {
          payload.member("prompt_tokens", usage.promptTokens)
          payload.member("completion_tokens", usage.completionTokens)
          payload.member("cost_usd", Double(model.settings.prices.cost(of: usage)) / 1_000_000)
        }
      })
  }

  private func tell(_ standing: LanguageBudget.Standing) async throws {
    guard standing != .within else { return }
    let isSpent = standing == .exceeded
    try await context.progress(
      isSpent
        ? "The language model's budget is spent; rules answer."
        : "Four fifths of the language model's budget are spent.",
      type: isSpent ? .budgetExceeded : .budgetWarning,
      payload: .object { payload in
        payload.member("spent_usd", Double(model.budget.spent) / 1_000_000)
        payload.member("limit_usd", Double(model.budget.limit) / 1_000_000)
      })
    if isSpent { throw LanguageFailure(.budget, "The budget is spent.") }
  }
}
