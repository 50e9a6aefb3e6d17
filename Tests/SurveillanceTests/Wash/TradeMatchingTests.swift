import Surveillance
import Testing

@Suite struct TradeMatchingTests {
  static let rules = TradeMatching.Rules(milliseconds: 3_600_000, priceTolerance: 20, overlap: 0.5)

  @Test(arguments: [
    ("all is equal", washLeg("s", .sell), true),
    ("the last millisecond of the hour", washLeg("s", .sell, at: 3_600_000), true),
    ("one behind it", washLeg("s", .sell, at: 3_600_001), false),
    ("an hour before", washLeg("s", .sell, at: -3_600_000), true),
    ("half the quantity", washLeg("s", .sell, quantity: 500), true),
    ("less than half", washLeg("s", .sell, quantity: 499), false),
    ("twice", washLeg("s", .sell, quantity: 2_000), true),
    ("more than twice", washLeg("s", .sell, quantity: 2_001), false),
    ("exactly twenty basis points of the mean", washLeg("s", .sell, price: 100.2002), true),
    ("a little more", washLeg("s", .sell, price: 100.2003), false),
    ("another symbol", washLeg("s", .sell, symbol: "B"), false),
    ("the same side", washLeg("s", .buy), false), ("nothing", washLeg("s", .sell, quantity: 0), false),
  ])
  func `a buy of 1,000 at 100 matches within the rules' edges`(name: String, other: TradeLeg, isMatch: Bool) {
    #expect(TradeMatching.pairs([washLeg("b", .buy), other], Self.rules).count == (isMatch ? 1 : 0), "\(name)")
  }

  @Test func `the nearest go first, and ties go by id`() {
    let legs = [
      washLeg("b1", .buy, at: 0), washLeg("b2", .buy, at: 1_000), washLeg("s2", .sell, at: 1_500),
      washLeg("s1", .sell, at: 500),
      washLeg("s3", .sell, at: -500),
    ]
    let pairs = TradeMatching.pairs(legs, Self.rules).map { "\($0.buy.id) \($0.sell.id)" }
    #expect(pairs == ["b1 s1", "b2 s2"])
  }

  @Test func `prices too large to multiply are compared`() {
    var dear = washLeg("b", .buy)
    dear.price = Price(tenThousandths: .max)
    var other = washLeg("s", .sell)
    other.price = Price(tenThousandths: .max - 10)
    #expect(TradeMatching.pairs([dear, other], Self.rules).count == 1)
  }

  @Test func `random trades match as the plain search over all pairs has it, whatever their order`() {
    var random = WashRandom(7)
    for round in 0..<400 {
      let spread = [3, 40, 5_000_000][round % 3]
      let legs = (0..<Int.random(in: 2...24, using: &random)).map { _ in
        washLeg(
          "t\(Int.random(in: 0...9_999, using: &random))-\(random.next() % 1_000_000)",
          Bool.random(using: &random) ? .buy : .sell,
          at: Int.random(in: 0...spread, using: &random), quantity: Int.random(in: 1...6, using: &random) * 100,
          price: 100 + Double(Int.random(in: 0...4, using: &random)) * 0.08)
      }
      let expected = Self.plainPairs(legs)
      let found = TradeMatching.pairs(legs.shuffled(using: &random), Self.rules).map { "\($0.buy.id) \($0.sell.id)" }
      guard found.sorted() == expected else {
        Issue.record("round \(round): \(found.count) found, \(expected.count) expected")
        return
      }
    }
  }

  private static func plainPairs(_ legs: [TradeLeg]) -> [String] {
    var all: [(distance: Int, buy: String, sell: String)] = []
    for buy in legs where buy.side == .buy {
      for sell in legs where sell.side == .sell && buy.symbol == sell.symbol {
        let distance = abs(buy.time - sell.time)
        if distance <= rules.milliseconds, rules.fit(buy, sell) { all.append((distance, buy.id, sell.id)) }
      }
    }
    var taken: Set<String> = []
    var pairs: [String] = []
    for pair in all.sorted(by: { ($0.distance, $0.buy, $0.sell) < ($1.distance, $1.buy, $1.sell) })
    where !taken.contains(pair.buy) && !taken.contains(pair.sell) {
      taken.formUnion([pair.buy, pair.sell])
      pairs.append("\(pair.buy) \(pair.sell)")
    }
    return pairs.sorted()
  }

  @Test(.timeLimit(.minutes(1))) func `ten thousand trades of one second are matched`() {
    var random = WashRandom(11)
    let legs = (0..<10_000).map { index in
      washLeg("t\(10_000 + index)", index % 2 == 0 ? .buy : .sell, at: Int.random(in: 0...1_000, using: &random))
    }
    #expect(TradeMatching.pairs(legs, Self.rules).count == 5_000)
  }
}
