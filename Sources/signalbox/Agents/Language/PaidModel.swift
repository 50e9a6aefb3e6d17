import A2A
import AgentKit
import JSON

/// A model as one task asks it: each call is told of, what it costs is booked, and when the task's budget is used up none is made any more.
struct PaidModel: Sendable {
  struct Answer: Sendable {
    let text: String
    let meter: CostMeter
    let time: Duration
  }

  let context: TaskContext
  let model: LanguageModel
  /// Which part of the work asks.
  let phase: String

  /// - Parameters:
  ///   - saying: what is told when the call begins.
  ///   - words: is given the words as they come.
  func ask(
    _ request: ChatRequest, saying text: String, words: (String) async throws -> Void = { _ in }
  ) async throws -> Answer {
    guard try await !context.costs.isExceeded else {
      throw LanguageFailure(.budget, "The task's budget is used up.")
    }
    try await tellStart(request, text)
    let start = ContinuousClock.now
    var meter = CostMeter(request, model.settings.prices)
    let reply: ChatReply
    do {
      reply = try await model.answer(request) { piece, reply in
        let costs = try await context.book(meter.hear(reply))
        // What is there to its last word is paid for.
        guard !costs.isExceeded || reply.isWhole else {
          throw LanguageFailure(.budget, "The task's budget was used up before the answer had ended.")
        }
        if !piece.isEmpty { try await words(piece) }
      }
    } catch let failure as LanguageFailure {
      throw failure.billed(meter)
    }
    return Answer(text: reply.text, meter: meter, time: ContinuousClock.now - start)
  }

  private func tellStart(_ request: ChatRequest, _ text: String) async throws {
    try await context.progress(
      text, type: .modelStarted, phase: phase,
      payload: .object { payload in
        payload.member("model", request.model)
        payload.member("estimated_cost", CostBudget.dollars(CostMeter.estimate(request, model.settings.prices)))
      })
  }

  func tellEnd(_ answer: Answer, saying text: String) async throws {
    let costs = try await context.costs
    try await context.progress(
      text, type: .modelCompleted, phase: phase, duration: answer.time,
      payload: .object { Self.write(answer.meter, costs, into: &$0) })
  }

  func tell(_ failure: LanguageFailure, saying text: String) async throws {
    let costs = try await context.costs
    try await context.progress(
      text, type: .modelFailed, phase: phase,
      payload: .object { payload in
        payload.member("class", failure.kind.rawValue)
        payload.member("retryable", failure.isRetryable)
        payload.member("retry_after", ifPresent: failure.retryAfter.map { Int($0.components.seconds) })
        if let meter = failure.bill { Self.write(meter, costs, into: &payload) }
      })
  }

  private static func write(_ meter: CostMeter, _ costs: CostBudget, into payload: inout JSONWriter) {
    payload.member("model", meter.model)
    if let usage = meter.usage {
      payload.object("usage") { counts in
        counts.member("prompt_tokens", usage.promptTokens)
        counts.member("completion_tokens", usage.completionTokens)
        counts.member("total_tokens", usage.promptTokens + usage.completionTokens)
        if meter.isEstimated { counts.member("estimated", true) }
      }
    }
    payload.member("cost", CostBudget.dollars(meter.cost))
    payload.member("budget_remaining", ifPresent: costs.remaining.map(CostBudget.dollars))
  }
}
