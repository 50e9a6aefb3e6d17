/// What an answer costs while it comes, estimated until the server has counted.
struct CostMeter {
  private let prices: LanguagePrices
  private let budget: LanguageBudget
  private let promptTokens: Int
  private var bytes = 0
  private var told = 0

  init(_ request: ChatRequest, _ prices: LanguagePrices, _ budget: LanguageBudget) {
    self.prices = prices
    self.budget = budget
    promptTokens = request.promptTokens
  }

  mutating func hear(_ words: String) -> LanguageBudget.Standing {
    bytes += words.utf8.count
    return settle(.init(promptTokens: promptTokens, completionTokens: ChatRequest.tokens(in: bytes)))
  }

  /// - Parameter usage: nil where the server has not counted; the estimate stands then.
  mutating func settle(_ usage: ChatReply.Usage?) -> LanguageBudget.Standing {
    guard let usage else { return .within }
    let cost = prices.cost(of: usage)
    defer { told = cost }
    return budget.spend(cost - told)
  }
}
