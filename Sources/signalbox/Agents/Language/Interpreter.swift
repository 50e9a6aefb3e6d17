import A2A
import AgentKit
import JSON
import Surveillance

/// Has a model say the decision's reasons in better words. It sets no figure: words with a number that is not among the facts are thrown
/// away, and whatever goes wrong, the template's words stand.
struct Interpreter: Sendable {
  let context: TaskContext
  let model: LanguageModel
  let parameters: AlertParameters

  /// Throws where the model must not fail, and where the task is cancelled.
  func rewrite(_ decision: inout Decision, alertText: String, news: [String]) async throws {
    let request = model.request(
      ModelPrompt(decision, alertText: alertText, news: news), model: parameters.model,
      isStreaming: parameters.isStreaming)
    do {
      try Task.checkCancellation()
      // Nothing is asked with a budget that is spent.
      try await tell(model.budget.spend(0))
      try await tellStart(request)
      let start = ContinuousClock.now
      let reply = try await listen(request)
      do throws(NumberCheckError) {
        try decision.take(reply.text, interpretation: .llm)
      } catch {
        throw LanguageFailure(.facts, "The model wrote what it may not: \(error.text)").told(without: nil)
      }
      try await tellEnd(request, reply, after: ContinuousClock.now - start)
    } catch let failure as LanguageFailure {
      try await tell(failure)
      guard !model.settings.isRequired else { throw AgentFailure("The language model failed: \(failure.text)") }
    }
  }

  /// The answer, its words shown as they come, but not more often than people can see.
  private func listen(_ request: ChatRequest) async throws -> ChatReply {
    var pieces = WordPieces()
    var meter = CostMeter(request, model.settings.prices, model.budget)
    let reply: ChatReply
    do {
      reply = try await model.answer(request) { words in
        try Task.checkCancellation()
        try await tell(meter.hear(words))
        if request.isStreaming, let text = pieces.add(words, at: .now) { try await show(text) }
      }
    } catch {
      if let text = pieces.rest() { try await show(text) }
      throw error
    }
    if let text = pieces.rest() { try await show(text) }
    try await tell(meter.settle(reply.usage))
    return reply
  }

  private func show(_ text: String) async throws {
    try await context.progress(text, type: .modelChunk, phase: "decision")
  }

  private func tell(_ standing: LanguageBudget.Standing) async throws {
    switch standing {
    case .within: return
    case .warning:
      try await context.progress(
        "Four fifths of the language model's budget are spent.", type: .budgetWarning, payload: budgetPayload)
    case .exceeded:
      try await context.progress(
        "The language model's budget is spent; templates are used.", type: .budgetExceeded, payload: budgetPayload)
      throw LanguageFailure(.budget, "The budget is spent.")
    }
  }

  private var budgetPayload: JSONValue {
    .object { payload in
      payload.member("spent_usd", Double(model.budget.spent) / 1_000_000)
      payload.member("limit_usd", Double(model.budget.limit) / 1_000_000)
    }
  }

  private func tellStart(_ request: ChatRequest) async throws {
    let usage = ChatReply.Usage(promptTokens: request.promptTokens, completionTokens: request.maximumTokens)
    try await context.progress(
      "Asking \(request.model) for better words.", type: .modelStarted, phase: "decision",
      payload: .object { payload in
        payload.member("model", request.model)
        payload.member("estimated_cost_usd", Double(model.settings.prices.cost(of: usage)) / 1_000_000)
      })
  }

  private func tellEnd(_ request: ChatRequest, _ reply: ChatReply, after time: Duration) async throws {
    try await context.progress(
      "The model's words fit the facts and are used.", type: .modelCompleted, phase: "decision",
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

  private func tell(_ failure: LanguageFailure) async throws {
    try await context.progress(
      "The template's words are used. \(failure.text)", type: .modelFailed, phase: "decision",
      payload: .object { payload in
        payload.member("class", failure.kind.rawValue)
        payload.member("retryable", failure.isRetryable)
      })
  }
}
