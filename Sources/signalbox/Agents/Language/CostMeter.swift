/// What one answer costs: estimated while it comes, until the server has counted.
struct CostMeter: Sendable, Equatable {
  let model: String
  private let prices: LanguagePrices
  private let promptTokens: Int
  private(set) var usage: ChatReply.Usage?
  /// The server has not counted.
  private(set) var isEstimated = false
  /// In millionths of a US dollar.
  private(set) var cost = 0

  init(_ request: ChatRequest, _ prices: LanguagePrices) {
    self.prices = prices
    model = request.model
    promptTokens = request.promptTokens
  }

  /// The answer as far as it has come.
  /// - Returns: what it costs beyond what was told before; below zero where it is less.
  mutating func hear(_ reply: ChatReply) -> Int {
    let usage =
      reply.usage
      ?? ChatReply.Usage(
        promptTokens: promptTokens, completionTokens: ChatRequest.tokens(in: reply.text.utf8.count))
    isEstimated = reply.usage == nil
    self.usage = usage
    let before = cost
    cost = prices.cost(of: usage, by: model)
    return cost - before
  }

  /// What it costs at most.
  static func estimate(_ request: ChatRequest, _ prices: LanguagePrices) -> Int {
    prices.cost(
      of: .init(promptTokens: request.promptTokens, completionTokens: request.maximumTokens), by: request.model)
  }
}
