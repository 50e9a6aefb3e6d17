import Surveillance

/// A small generator with a seed: the same numbers in every run.
struct WashRandom: RandomNumberGenerator {
  private var state: UInt64
  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// Monday, 2 March 2026, at ten o'clock.
let washMorning = Instant(Day(year: 2026, month: 3, day: 2), hour: 10)

func washPrice(_ price: Double) -> Price { Price(tenThousandths: Int((price * 10_000).rounded())) }

func washLeg(
  _ id: String, _ side: Side, at milliseconds: Int = 0, quantity: Int = 1_000, price: Double = 100,
  account: String = "A", symbol: String = "ACME"
) -> TradeLeg {
  TradeLeg(
    id: id, time: washMorning + milliseconds, account: account, symbol: symbol, side: side, quantity: quantity,
    price: washPrice(price))
}

func washFlow(
  _ id: String, _ seller: String, _ buyer: String, at milliseconds: Int = 0, quantity: Int = 1_000,
  isFlagged: Bool = true
) -> TradeFlow {
  TradeFlow(
    id: id, time: washMorning + milliseconds, symbol: "ACME", seller: seller, buyer: buyer, quantity: quantity,
    price: washPrice(100), isFlagged: isFlagged)
}

/// Steps that a tool has told of.
actor WashStepLog {
  struct Stop: Error, Equatable {}

  private(set) var steps: [ToolReporter.Step] = []
  private let stop: Int?

  init(stopAt step: Int? = nil) { stop = step }

  func add(_ step: ToolReporter.Step) throws {
    steps.append(step)
    if step.step == stop { throw Stop() }
  }
}

/// An alert and the reference data that it falls into.
struct WashCase {
  var alert: Alert
  var tables = ReferenceTables()
  var market: MarketFacts

  init() {
    alert = Alert(id: "WT-0", type: "WashTrade")
    alert.kinds = [.washTrade]
    market = MarketFacts(symbol: "ACME", day: washMorning.day)
    market.dayVolume = 100_000
    market.liquidity = "normal"
    market.phase = "continuous"
  }

  mutating func account(_ id: String, owner: String, controller: String = "") {
    tables.accounts.append(
      AccountRow(
        id: id, name: "Account \(id)", ownerID: owner, ownerName: owner.isEmpty ? "" : "Owner \(owner)",
        ownerType: "person", relationship: "primary", controllerID: controller, desk: "D1"))
  }

  mutating func link(_ first: String, _ second: String, _ relation: LinkRow.Relation, _ degree: Int = 1) {
    tables.links.append(LinkRow(first: first, second: second, relation: relation, degree: degree))
  }

  /// A flagged trade and its row in the record.
  mutating func flag(
    _ account: String, _ side: Side, _ quantity: Int, at milliseconds: Int = 0, price: Double = 100,
    with counterparty: String? = nil, strategy: String = "", isAuction: Bool = false, isRecorded: Bool = true
  ) {
    let number = alert.trades.count + 1
    var trade = AlertTrade(
      sequence: number, time: washMorning + milliseconds, symbol: "ACME", side: side, quantity: quantity,
      price: washPrice(price))
    trade.accountID = account
    trade.orderID = "O-\(number)"
    trade.counterparty = counterparty
    alert.trades.append(trade)
    guard isRecorded else { return }
    row(
      account, side, quantity, at: washMorning + milliseconds, price: price, with: counterparty ?? "",
      order: "O-\(number)",
      strategy: strategy, isAuction: isAuction)
  }

  mutating func row(
    _ account: String, _ side: Side, _ quantity: Int, at time: Instant, price: Double = 100,
    with counterparty: String = "",
    order: String = "", strategy: String = "", isAuction: Bool = false
  ) {
    tables.trades.append(
      TradeRow(
        id: "T-\(1_000 + tables.trades.count)", time: time, accountID: account, traderID: "P-\(account)",
        symbol: "ACME",
        side: side, quantity: quantity, price: washPrice(price), counterparty: counterparty, orderID: order,
        strategyID: strategy, isAuction: isAuction))
  }

  /// The same trade between two accounts on each of so many days before.
  mutating func repeats(_ count: Int, _ seller: String, _ buyer: String, _ quantity: Int) {
    for day in 1...max(count, 1) where day <= count {
      row(seller, .sell, quantity, at: washMorning - day * Instant.perDay, with: buyer)
      row(buyer, .buy, quantity, at: washMorning - day * Instant.perDay + 400, with: seller)
    }
  }

  /// The accounts trade, and never with each other.
  mutating func ordinaryTrades(_ accounts: String...) {
    for (index, account) in accounts.enumerated() {
      row(account, .buy, 300, at: washMorning - (3 + index) * Instant.perDay)
      row(account, .sell, 100, at: washMorning - (9 + index) * Instant.perDay)
    }
  }

  func facts() async throws -> WashFacts {
    let reference = ReferenceData(tables)
    let reporter = { ToolReporter(total: $0) { _ in } }
    return WashFacts(
      market: market,
      relationships: try await AccountRelationshipsTool(alert: alert, reference: reference).run(reporter(3)),
      history: try await RelatedAccountsHistoryTool(alert: alert, reference: reference).run(reporter(4)),
      timing: try await TradeTimingTool(alert: alert, reference: reference).run(reporter(3)),
      counterparties: try await CounterpartyAnalysisTool(alert: alert, reference: reference).run(reporter(5)))
  }

  func assessment(owners: [String: String] = [:]) async throws -> Assessment {
    WashAssessment.assess(alert, try await facts(), owners: owners, .standard)
  }
}

/// The opinion as the specification of the scoring has it, so that the figures of its scenarios can be compared.
struct WashOpinion: Equatable, CustomStringConvertible {
  var genuine: Int
  var falsePositive: Int

  /// - Parameters:
  ///   - suspicion: what an answer adds.
  ///   - factors: indicator → what an answer leaves of it.
  init(_ assessment: Assessment, suspicion: Double = 0, mitigation: Double = 0, factors: [String: Double] = [:]) {
    var sums: [Evidence.Side: Double] = [.suspicion: suspicion, .mitigation: mitigation]
    for evidence in assessment.evidence {
      let defeats = assessment.defeats.filter { $0.of.contains(evidence.indicator) }.reduce(1) { $0 * $1.factor }
      let points = evidence.weight * evidence.strength * defeats * (factors[evidence.indicator] ?? 1)
      sums[evidence.side, default: 0] += points
    }
    let uncertain = 12 + 8 * Double(assessment.gaps.filter(\.isMandatory).count)
    let against = sums[.mitigation] ?? 0
    let total = (sums[.suspicion] ?? 0) + against + uncertain
    genuine = Int((100 * (sums[.suspicion] ?? 0) / total).rounded())
    falsePositive = Int((100 * against / total).rounded())
  }

  init(_ genuine: Int, _ falsePositive: Int) {
    self.genuine = genuine
    self.falsePositive = falsePositive
  }

  func isNear(_ other: WashOpinion) -> Bool {
    abs(genuine - other.genuine) <= 2 && abs(falsePositive - other.falsePositive) <= 2
  }

  var description: String { "\(genuine)/\(falsePositive)" }
}

extension Assessment {
  func washPoints(_ indicator: String) -> Double? {
    evidence.first { $0.indicator == indicator }.map { ($0.weight * $0.strength * 100).rounded() / 100 }
  }

  /// All indicators with their points, such as `W1 35.0`.
  var washSummary: String {
    evidence.map { "\($0.indicator) \(washPoints($0.indicator) ?? 0)" }.joined(separator: ", ")
  }

  var washSection: WashSection {
    if case .wash(let section) = section { section } else { WashSection() }
  }
}
