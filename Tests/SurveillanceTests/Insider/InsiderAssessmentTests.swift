import Surveillance
import Testing

@Suite struct InsiderAssessmentTests {
  @Test func `the evidence stands in the policy's order`() {
    var scene = InsiderScene()
    scene.setTrader {
      $0.permission = .none
      $0.role = "analyst"
    }
    scene.list(.restricted)
    scene.putOnInsiderList()
    scene.facts.history.sizeScore = 1.5
    scene.facts.news.alignedCount = 1
    scene.coordinate()
    scene.setPeers(3, of: 10)
    scene.setPlan()
    let order = scene.assessment.evidence.map(\.indicator).joined(separator: " ")
    #expect(order == "I1 I2 I3 I7 I11 I12 I13 M1 M3 M4 M6 M9")
  }

  @Test func `hard flags are no permission, restriction and being an insider`() {
    var scene = InsiderScene()
    #expect(scene.assessment.hardFlags.isEmpty)
    scene.list(.watch)
    scene.link()
    #expect(scene.assessment.hardFlags.isEmpty)
    scene.setTrader { $0.permission = .none }
    scene.list(.restricted)
    scene.putOnInsiderList()
    #expect(scene.assessment.hardFlags == ["I1", "I2", "I3"])
  }

  @Test func `a plan that covers the trade defeats six indicators and lifts the insider's flag`() {
    var scene = InsiderScene()
    scene.list(.restricted)
    scene.putOnInsiderList()
    scene.setPlan()
    #expect(scene.assessment.defeats == [Defeat(by: "M9", of: ["I3", "I7", "I8", "I9", "I11", "I12"], factor: 0.25)])
    #expect(scene.assessment.hardFlags == ["I2"])
    #expect(scene.points("I3") == 30)
  }

  @Test func `a plan that does not cover the trade is told of without points`() throws {
    var scene = InsiderScene()
    scene.putOnInsiderList()
    scene.setPlan(most: 999)
    let plan = try #require(scene.assessment.evidence.first { $0.indicator == "M9" })
    #expect(plan.strength == 0)
    #expect(
      plan.statement.plain
        == "Plan P-1 is on file, but does not cover the purchase: it allows 999 shares, and 1,000 were traded.")
    #expect(scene.assessment.defeats.isEmpty)
    #expect(scene.assessment.hardFlags == ["I3"])
  }

  @Test func `the policy's figures are used`() {
    var scene = InsiderScene()
    scene.setTrader { $0.permission = .none }
    scene.facts.history.sizeScore = 4
    scene.policy = Policy(
      version: "test", values: ["insider.I1.points": 12, "insider.I4.from": 0, "insider.I4.to": 8])
    #expect(scene.points("I1") == 12)
    #expect(scene.strength("I4") == 0.5)
  }

  @Test func `the policy's keys have names of their own and figures within their ranges`() {
    #expect(Set(PolicyKey.insider.map(\.name)).count == PolicyKey.insider.count)
    #expect(PolicyKey.insider.allSatisfy { $0.name.hasPrefix("insider.") && $0.meaning.hasSuffix(".") })
    #expect(PolicyKey.insider.filter { !$0.range.contains($0.standard) }.map(\.name) == [])
  }

  @Test func `every number in a sentence says where it comes from`() {
    for side in Side.allCases {
      for scene in Self.many(side) {
        let assessment = scene.assessment
        let texts =
          assessment.evidence.map(\.statement) + assessment.mismatches + assessment.questions.map(\.why)
        for text in texts {
          #expect(text.plain.hasSuffix("."), "\(text.plain)")
          for case .text(let words) in text.pieces {
            #expect(!words.contains { $0.isNumber }, "\(text.plain)")
          }
        }
      }
    }
  }

  /// Scenes in which all indicators occur.
  private static func many(_ side: Side) -> [InsiderScene] {
    var loud = InsiderScene(side)
    loud.setTrader { $0.permission = .none }
    loud.list(.restricted)
    loud.putOnInsiderList()
    loud.facts.history.sizeScore = 6
    loud.facts.history.symbolCount = 0
    loud.facts.history.sectorCount = 0
    loud.setReturn(0.2 * Double(side.sign), 7 * Double(side.sign))
    loud.facts.market.gain = Money(minor: 123_456_789)
    loud.facts.market.volumeScore = 5
    loud.setPeers(1, of: 2)
    loud.coordinate()
    loud.setPlan()
    var quiet = InsiderScene(side)
    quiet.setRole("portfolio manager", ["energy"])
    quiet.setProgramme(8, 0.1, 1)
    quiet.facts.history.sizeScore = 0
    quiet.facts.news.alignedCount = 2
    quiet.setPeers(9, of: 10)
    quiet.setEvent(hours: 30, isScheduled: true)
    quiet.setReturn(-0.2 * Double(side.sign), 7)
    quiet.setPlan(daysBefore: 3)
    quiet.alert.claims = [
      Claim(name: "EstimatedProfit", text: "$5"), Claim(name: "TemporalProximity", text: "3 hours"),
    ]
    quiet.facts.related.unconfirmed = ["T-8"]
    var dormant = InsiderScene(side)
    dormant.facts.history.count = 0
    dormant.facts.history.symbolCount = 0
    dormant.facts.profile.trader = nil
    dormant.list(.watch)
    dormant.link()
    dormant.setPeers(0, of: 0)
    dormant.setEvent(hours: -2)
    dormant.setPlan(status: .expired)
    return [loud, quiet, dormant]
  }

  @Test func `an alert without trades is a gap, not a harmless alert`() {
    var scene = InsiderScene()
    scene.alert.trades = []
    #expect(scene.assessment.gaps.map(\.source) == ["trades"])
    #expect(scene.assessment.gaps.map(\.isMandatory) == [true])
  }

  @Test func `titles state the finding, and figures are numbered`() {
    var scene = InsiderScene()
    scene.setReturn(0.47, 20)
    scene.facts.history.dailyNotional = [
      .init(day: InsiderScene.day - 1, amount: Money(minor: 1_000_00)),
      .init(day: InsiderScene.day, amount: Money(minor: 37_000_00)),
    ]
    scene.facts.history.medianNotional = Money(minor: 1_000_00)
    let figures = scene.assessment.figures
    #expect(figures.map(\.id) == ["E1", "E2"])
    #expect(
      figures.map(\.title) == [
        "The purchase came 48.0 hours before the event, which lifted the price by 47.0 %, in its favour",
        "The flagged day's trading was 37.0 times that of a usual day",
      ])
    scene.facts.market.prices = []
    #expect(scene.assessment.figures.map(\.id) == ["E1"])
  }

  @Test(arguments: [(300, "net buyers of 300 shares."), (-1_300, "net sellers of 1,300 shares."), (0, "balanced.")])
  func `the section tells what others did together`(net: Int, end: String) {
    var scene = InsiderScene()
    scene.facts.peers.netQuantity = net
    guard case .insider(let section) = scene.assessment.section else {
      Issue.record("not of insider trading")
      return
    }
    #expect(
      section.peerActivitySummary == "5 of 10 other traders took the same direction; together they were \(end)")
  }

  @Test func `the section tells of the usual trades in sentences`() throws {
    guard case .insider(let section) = InsiderScene().assessment.section else {
      Issue.record("not of insider trading")
      return
    }
    #expect(section.typicalVolume == "The median of 10 trades in the 365 days before was 1,000 shares.")
    #expect(section.typicalSectors == "The trader traded energy (1 trade), health (9 trades).")
    #expect(
      section.typicalFrequency == "The trader traded on too few days before to speak of a frequency.")
  }
}
