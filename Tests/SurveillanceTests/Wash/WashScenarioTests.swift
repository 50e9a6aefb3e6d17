import Surveillance
import Testing

/// The wash trade scenarios of the specification, from rows to the opinion. The published figures rest on features of which only some
/// are told, so that two points of difference are fair.
@Suite struct WashScenarioTests {
  @Test func `WT-1: one owner, half a second, one price, seven repeats`() async throws {
    let assessment = try await WashScenario.direct.assessment()
    #expect(WashOpinion(assessment).isNear(WashOpinion(90, 0)), "\(assessment.washSummary)")
    #expect(assessment.washSection.pattern == .direct)
    #expect(assessment.questions.isEmpty)
    #expect(assessment.washPoints("W7") == 10)
    #expect(assessment.washSection.timeDeltaMilliseconds == 500)
  }

  @Test func `WT-2: a market maker with three proofs`() async throws {
    let assessment = try await WashScenario.marketMaker(.current).assessment()
    #expect(WashOpinion(assessment).isNear(WashOpinion(16, 72)), "\(WashOpinion(assessment)) \(assessment.washSummary)")
    #expect(assessment.reviewReason == nil)
    #expect(assessment.questions.isEmpty)
  }

  @Test func `WT-3: the licence has lapsed`() async throws {
    let assessment = try await WashScenario.marketMaker(.lapsed).assessment()
    #expect(WashOpinion(assessment).isNear(WashOpinion(72, 17)), "\(WashOpinion(assessment)) \(assessment.washSummary)")
    #expect(assessment.reviewReason?.contains("a current licence") == true)
    #expect(assessment.questions.map(\.kind) == [.marketMakerStatus])
    let denied = WashOpinion(assessment, suspicion: 40, factors: ["X1": 0.25])
    #expect(denied.isNear(WashOpinion(88, 4)), "\(denied)")
  }

  @Test func `WT-4: spouses, part of the position, half an hour, through the market`() async throws {
    let assessment = try await WashScenario.spouses.assessment()
    #expect(WashOpinion(assessment).isNear(WashOpinion(24, 63)), "\(WashOpinion(assessment)) \(assessment.washSummary)")
    #expect(assessment.questions.map(\.kind) == [.decisionMaker])
    #expect(assessment.washSection.pattern == .none)
    let one = WashOpinion(assessment, suspicion: 80, factors: ["X2": 0.25, "X3": 0.25, "X4": 0.25, "X6": 0.25])
    #expect(one.isNear(WashOpinion(78, 13)), "\(one)")
    #expect(WashOpinion(assessment, mitigation: 80).isNear(WashOpinion(13, 80)))
  }

  @Test func `WT-5: a circle of three accounts of one owner`() async throws {
    let assessment = try await WashScenario.circle.assessment()
    #expect(WashOpinion(assessment).isNear(WashOpinion(90, 0)), "\(WashOpinion(assessment)) \(assessment.washSummary)")
    #expect(assessment.washSection.pattern == .layered)
    #expect(assessment.washSection.isCircular)
    #expect(assessment.washSection.timeDeltaMilliseconds == 5_000)
  }

  @Test func `WT-6: through an intermediary to the first owner`() async throws {
    let assessment = try await WashScenario.intermediary.assessment()
    #expect(WashOpinion(assessment).isNear(WashOpinion(80, 8)), "\(WashOpinion(assessment)) \(assessment.washSummary)")
    #expect(assessment.washSection.pattern == .intermediary)
    #expect(assessment.washSection.intermediaries == ["X"])
  }

  @Test func `WT-7: a cross of two funds in the closing auction`() async throws {
    let assessment = try await WashScenario.fundCross.assessment()
    #expect(WashOpinion(assessment).isNear(WashOpinion(14, 74)), "\(WashOpinion(assessment)) \(assessment.washSummary)")
    #expect(assessment.washSection.pattern == .none)
    #expect(assessment.washSection.hasEconomicPurpose)
    #expect(assessment.washSection.isPrearranged == false)
  }

  @Test func `WT-8: accounts that have nothing to do with each other`() async throws {
    let assessment = try await WashScenario.coincidence.assessment()
    #expect(WashOpinion(assessment).isNear(WashOpinion(8, 71)), "\(WashOpinion(assessment)) \(assessment.washSummary)")
    #expect(assessment.washSection.pattern == .none)
  }

  @Test func `WT-9: two strategies of one owner meet once`() async throws {
    let assessment = try await WashScenario.selfMatch.assessment()
    #expect(WashOpinion(assessment).isNear(WashOpinion(45, 42)), "\(WashOpinion(assessment)) \(assessment.washSummary)")
    #expect(assessment.questions.map(\.kind) == [.strategies])
    #expect(WashOpinion(assessment, suspicion: 80, factors: ["X9": 0.25]).isNear(WashOpinion(85, 7)))
    let factors = Dictionary(uniqueKeysWithValues: (1...5).map { ("W\($0)", 0.5) })
    #expect(WashOpinion(assessment, mitigation: 80, factors: factors).isNear(WashOpinion(14, 78)))
  }

  @Test func `WT-10: an owner that nobody knows`() async throws {
    let assessment = try await WashScenario.unknownOwner.assessment()
    #expect(WashOpinion(assessment).isNear(WashOpinion(63, 0)), "\(WashOpinion(assessment)) \(assessment.washSummary)")
    #expect(assessment.questions.map(\.kind) == [.ownerOfAccount, .ownerOfAccount])
    #expect(assessment.questions.map(\.subject) == ["A", "B"])
    #expect(assessment.gaps.filter(\.isMandatory).map(\.source) == ["owner of A", "owner of B"])
  }

  @Test func `owners that people name take the place of the register's`() async throws {
    let scenario = WashScenario.unknownOwner
    let one = try await scenario.assessment(owners: ["A": "P-1", "B": "P-1"])
    #expect(one.washSection.pattern == .direct)
    #expect(one.washPoints("W1") == 35)
    #expect(one.gaps.filter(\.isMandatory).isEmpty)
    let two = try await scenario.assessment(owners: ["A": "P-1", "B": "P-2"])
    #expect(two.washPoints("X2") == 40)
    let half = try await scenario.assessment(owners: ["A": "P-1", "B": HumanAnswer.unknown])
    #expect(half.gaps.filter(\.isMandatory).map(\.source) == ["owner of B"])
    #expect(half.washPoints("X2") == nil)
  }
}

/// The situations, in invented rows.
enum WashScenario {
  static let all: [(name: String, scenario: WashCase)] = [
    ("direct", direct), ("market maker", marketMaker(.current)), ("lapsed", marketMaker(.lapsed)), ("spouses", spouses),
    ("circle", circle), ("intermediary", intermediary), ("fund cross", fundCross), ("coincidence", coincidence),
    ("self match", selfMatch), ("unknown owner", unknownOwner),
  ]

  static var direct: WashCase {
    var scenario = WashCase()
    scenario.account("A", owner: "P-1")
    scenario.account("B", owner: "P-1")
    scenario.flag("A", .sell, 45_000, with: "B")
    scenario.flag("B", .buy, 45_000, at: 500, with: "A")
    scenario.repeats(7, "A", "B", 20_000)
    return scenario
  }

  static func marketMaker(_ status: ExemptionRow.Status) -> WashCase {
    var scenario = WashCase()
    scenario.account("A", owner: "MM-1")
    scenario.account("B", owner: "MM-1")
    scenario.tables.exemptions = [
      ExemptionRow(
        ownerID: "MM-1", licence: "L-9", status: status,
        validTo: washMorning.day + (status == .current ? 200 : -20), symbols: ["ACME"], isSeparated: true)
    ]
    scenario.flag("A", .sell, 8_000, with: "B")
    scenario.flag("B", .buy, 8_000, at: 2_500, price: 100.02, with: "A")
    scenario.repeats(1, "A", "B", 5_000)
    return scenario
  }

  static var spouses: WashCase {
    var scenario = WashCase()
    scenario.account("A", owner: "P-1")
    scenario.account("B", owner: "P-2")
    scenario.link("P-1", "P-2", .spouse)
    scenario.flag("A", .sell, 8_000)
    scenario.flag("B", .buy, 5_000, at: 30 * Instant.perMinute, price: 100.44)
    scenario.ordinaryTrades("A", "B")
    return scenario
  }

  /// All rows are sales; the buyers are but counterparties.
  static var circle: WashCase {
    var scenario = WashCase()
    for account in ["A", "B", "C"] { scenario.account(account, owner: "P-1") }
    scenario.market.dayVolume = 30_000
    scenario.flag("A", .sell, 6_800, with: "B")
    scenario.flag("B", .sell, 6_800, at: 5_000, with: "C")
    scenario.flag("C", .sell, 6_800, at: 10_000, with: "A")
    scenario.repeats(1, "A", "B", 5_000)
    return scenario
  }

  static var intermediary: WashCase {
    var scenario = WashCase()
    scenario.account("A", owner: "P-1")
    scenario.account("X", owner: "P-2")
    scenario.account("C", owner: "P-1")
    scenario.flag("A", .sell, 11_000, with: "X")
    scenario.flag("X", .sell, 11_000, at: 45_000, with: "C")
    scenario.ordinaryTrades("A", "X", "C")
    return scenario
  }

  static var fundCross: WashCase {
    var scenario = WashCase()
    scenario.account("A", owner: "F-1", controller: "M-1")
    scenario.account("B", owner: "F-2", controller: "M-1")
    scenario.flag("A", .sell, 11_000, with: "B", isAuction: true)
    scenario.flag("B", .buy, 11_000, with: "A", isAuction: true)
    scenario.tables.instructions = [
      InstructionRow(
        id: "IN-1", accountID: "A", symbol: "ACME", time: washMorning - Instant.perHour, purpose: .cross,
        priceBasis: .vwap)
    ]
    scenario.ordinaryTrades("A", "B")
    return scenario
  }

  static var coincidence: WashCase {
    var scenario = WashCase()
    scenario.account("A", owner: "P-1")
    scenario.account("B", owner: "P-2")
    scenario.flag("A", .sell, 1_000, with: "B")
    scenario.flag("B", .buy, 1_000, at: 4_000, with: "A")
    scenario.ordinaryTrades("A", "B")
    return scenario
  }

  static var selfMatch: WashCase {
    var scenario = WashCase()
    scenario.account("A", owner: "P-1")
    scenario.flag("A", .sell, 500, with: "A", strategy: "S-1")
    scenario.flag("A", .buy, 500, with: "A", strategy: "S-2")
    scenario.ordinaryTrades("A")
    return scenario
  }

  static var unknownOwner: WashCase {
    var scenario = WashCase()
    scenario.account("A", owner: "")
    scenario.flag("A", .sell, 45_000, with: "B")
    scenario.flag("B", .buy, 45_000, at: 500, with: "A")
    scenario.repeats(7, "A", "B", 20_000)
    return scenario
  }

  /// Two sales of one instant, and one purchase that could face either.
  static var tie: WashCase {
    var scenario = WashCase()
    for (account, owner) in [("A", "P-1"), ("B", "P-2"), ("C", "P-3")] { scenario.account(account, owner: owner) }
    scenario.link("P-1", "P-3", .spouse)
    scenario.link("P-2", "P-3", .family)
    scenario.flag("A", .sell, 1_000, price: 100.03)
    scenario.flag("B", .sell, 1_000, price: 100.01)
    scenario.flag("C", .buy, 1_000)
    return scenario
  }
}
