import Testing

@testable import Surveillance
@testable import signalbox

struct LanguagePricesTests {
  @Test(
    arguments: [
      (0.0, 0.0, 1_000, 1_000, 0), (10, 30, 1_000, 1_000, 40_000), (10, 30, 1, 0, 10), (0.15, 0.6, 1, 1, 1),
      (0.15, 0.6, 0, 0, 0), (2_500, 10_000, 4_321, 123, 10_802_500 + 1_230_000), (0.07 * 1_000, 0, 100, 0, 7_000),
    ] as [(Double, Double, Int, Int, Int)])
  func `a price is for a million tokens, and a begun millionth counts`(
    input: Double, output: Double, prompt: Int, completion: Int, cost: Int
  ) {
    let prices = LanguagePrices(others: .init(input: input, output: output))
    #expect(prices.cost(of: .init(promptTokens: prompt, completionTokens: completion), by: "m") == cost)
  }

  @Test func `the most that can be said is a number`() {
    let most = LanguagePrices.highest
    let prices = LanguagePrices(others: .init(input: most, output: most))
    #expect(prices.cost(of: .init(promptTokens: 1_000_000_000, completionTokens: 1_000_000_000), by: "m") > 0)
    #expect(prices.cost(of: .init(promptTokens: .max, completionTokens: .max), by: "m") > 0)
  }

  @Test func `each model that is named has its own`() throws {
    let named = try #require(LanguagePrices.named(in: "gpt-a=2.5/10, vendor/b:free=0/0 ,c=d=1 / 2"))
    #expect(
      named == [
        "gpt-a": .init(input: 2.5, output: 10), "vendor/b:free": .init(input: 0, output: 0),
        "c=d": .init(input: 1, output: 2),
      ])
    let prices = LanguagePrices(named: named, others: .init(input: 7, output: 7))
    let usage = ChatReply.Usage(promptTokens: 10, completionTokens: 1)
    #expect(["gpt-a", "vendor/b:free", "gpt-b"].map { prices.cost(of: usage, by: $0) } == [35, 0, 77])
  }

  @Test(arguments: [
    "", "m", "m=", "m=1", "m=1/2/3", "=1/2", " =1/2", "m=1/2,", "m=-1/2", "m=1/nan", "m=inf/1", "m=1/x", "m=1/2,m=1/2",
    "m=1000001/1",
  ])
  func `what is no list of prices is none`(text: String) {
    #expect(LanguagePrices.named(in: text) == nil)
  }
}

struct CostMeterTests {
  /// Its prompt has two tokens.
  private let request = ChatRequest(
    model: "m", messages: [.init(role: "user", content: "12345678")], isStreaming: true, temperature: 0,
    maximumTokens: 10)
  private let prices = LanguagePrices(named: ["m": .init(input: 1, output: 2)], others: .init(input: 0, output: 0))

  @Test func `words are estimated while they come, and settled when they are counted`() throws {
    var meter = CostMeter(request, prices)
    var reply = ChatReply()
    _ = try reply.take(piece: Array(#"{"choices":[{"delta":{"content":"1234"}}]}"#.utf8))
    #expect(meter.hear(reply) == 2 + 2 && meter.isEstimated)
    _ = try reply.take(piece: Array(#"{"choices":[{"delta":{"content":"5"}}]}"#.utf8))
    #expect(meter.hear(reply) == 2 && meter.cost == 6)
    _ = try reply.take(piece: Array(#"{"choices":[],"usage":{"prompt_tokens":1,"completion_tokens":1}}"#.utf8))
    #expect(meter.hear(reply) == -3 && meter.cost == 3 && !meter.isEstimated)
    #expect(meter.usage == .init(promptTokens: 1, completionTokens: 1))
  }

  @Test func `an answer that comes with its count is not estimated first`() throws {
    var reply = ChatReply()
    try reply.take(
      whole: Array(ModelWire.whole(String(repeating: "x", count: 4_000), usage: .init(prompt: 1, completion: 5)).utf8))
    var meter = CostMeter(request, prices)
    #expect(meter.hear(reply) == 1 + 10)
  }

  @Test func `where nobody counts the estimate stands, and says so`() throws {
    var reply = ChatReply()
    try reply.take(whole: Array(ModelWire.whole("12345678", usage: nil).utf8))
    var meter = CostMeter(request, prices)
    #expect(meter.hear(reply) == 2 + 4 && meter.hear(reply) == 0)
    #expect(meter.isEstimated && meter.usage == .init(promptTokens: 2, completionTokens: 2))
  }

  @Test func `before the call the most is told that it may cost`() {
    #expect(CostMeter.estimate(request, prices) == 2 + 20)
    #expect(CostMeter.estimate(request, LanguagePrices(others: .init(input: 0, output: 0))) == 0)
  }
}
