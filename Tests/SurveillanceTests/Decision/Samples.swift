import Surveillance

/// Assessments and alerts as the other parts would make them.
enum Samples {
  static let at = Instant(Day(year: 2026, month: 11, day: 22), hour: 9, minute: 30)
  static let tradeDay = Day(year: 2026, month: 3, day: 2)

  static func evidence(
    _ indicator: String, _ side: Evidence.Side, _ points: Double, of weight: Double = 0,
    tool: ToolName = .traderHistory,
    statement: CitedText? = nil
  ) -> Evidence {
    let weight = max(weight, points)
    return Evidence(
      indicator, "Title of \(side)", side, weight: weight, strength: weight > 0 ? points / weight : 0, tool: tool,
      statement: statement ?? "The indicator gives \(points, digits: 1, from: tool) points.")
  }

  /// Evidence that sums up to these points.
  static func assessment(suspicion: Double, mitigation: Double, gaps: Int = 0) -> Assessment {
    var assessment = Assessment(kind: .insiderTrading, section: .insider(InsiderSection()))
    assessment.evidence = [evidence("I1", .suspicion, suspicion), evidence("M1", .mitigation, mitigation)]
    assessment.gaps = (0..<gaps).map { DataGap("source \($0)", "A source is missing.", isMandatory: true) }
    return assessment
  }

  /// In the manner of the analyst before a ruling: it takes a person to say.
  static func undecidedInsider() -> Assessment {
    var assessment = Assessment(kind: .insiderTrading, section: .insider(insiderSection))
    assessment.evidence = [
      evidence(
        "I4", .suspicion, 12, of: 15,
        statement: "The order was \(4.2, digits: 1, from: .traderHistory) times the usual size of the trader."),
      evidence(
        "I7", .suspicion, 9, of: 12, tool: .marketNews,
        statement: "It came \(18, from: .marketNews) hours before the news of \(tradeDay + 1, from: .marketNews)."),
      evidence("I8", .suspicion, 8, of: 10, tool: .marketData),
      evidence("I9", .suspicion, 9, of: 10, tool: .marketData),
      evidence(
        "I11", .suspicion, 8, of: 12, tool: .marketNews, statement: "No news of the 14 days before points that way."),
      evidence("M1", .mitigation, 17, of: 20), evidence("M4", .mitigation, 13, of: 20, tool: .marketNews),
      evidence("M6", .mitigation, 5, of: 15, tool: .traderProfile),
    ]
    assessment.evidence[0].inputs = [
      .init("trades", .integer(48)), .init("ratio", .decimal(4.2, digits: 1)), .init("limit", .missing),
      .init("price", .price(Price(tenThousandths: 123_450))), .init("value", .money(Money(minor: 123_456_789))),
      .init("day", .day(tradeDay)), .init("first", .instant(at)), .init("cleared", .flag(false)),
      .init("sector", .text("Energy")),
    ]
    assessment.mismatches = [
      "The alert says \("36 hours", from: .readAlert), and the data says \(18, from: .marketNews)."
    ]
    assessment.questions = [
      OpenQuestion(.preclearance, why: "The data has no record of clearances."),
      OpenQuestion(.insiderContact, why: "The data does not say whom the trader met."),
    ]
    assessment.figures = figures
    return assessment
  }

  /// In the manner of the market maker whose licence has lapsed.
  static func lapsedMarketMaker() -> Assessment {
    var section = WashSection()
    section.nodes = [
      .init(accountID: "A-1", ownerID: "O-1", ownerName: "Harbour Making", relationship: "own", isFlagged: true),
      .init(accountID: "A-2", ownerID: "O-1", ownerName: "Harbour Making", relationship: "own", isFlagged: true),
    ]
    section.edges = [.init(from: "A-1", to: "A-2", type: .trade, details: "5,000 at 12.50", isSuspicious: true)]
    section.pattern = .direct
    section.timeDeltaMilliseconds = 2_500
    section.tradeFlow = [
      .init(time: at, seller: "A-1", buyer: "A-2", quantity: 5_000, price: Price(tenThousandths: 125_000))
    ]
    section.volumeImpactPercent = 8.25
    section.trend = .stable
    var assessment = Assessment(kind: .washTrade, section: .wash(section))
    assessment.evidence = [
      evidence("W1", .suspicion, 35, tool: .accountRelationships), evidence("W2", .suspicion, 10, of: 20),
      evidence("W3", .suspicion, 14.5, of: 15, tool: .counterpartyAnalysis),
      evidence("W4", .suspicion, 9.5, of: 10, tool: .tradeTiming),
      evidence("W5", .suspicion, 10, of: 15, tool: .tradeTiming),
      evidence("W6", .suspicion, 1, of: 12), evidence("W7", .suspicion, 3, of: 10),
      evidence("X1", .mitigation, 20, of: 70, tool: .accountRelationships),
    ]
    assessment.reviewReason = "The market maker's exemption is proven in part."
    assessment.questions = [OpenQuestion(.marketMakerStatus, why: "The register has a licence that has lapsed.")]
    return assessment
  }

  static let insiderSection: InsiderSection = {
    var section = InsiderSection()
    section.typicalVolume = "A median of 1,200 shares."
    section.typicalSectors = "Energy and utilities."
    section.typicalFrequency = "Four trades a month."
    section.deviationAssessment = "Far above the usual size."
    section.volatilityAssessment = "Usual."
    section.peerActivitySummary = "Peers bought as well."
    section.newsTimeline = [
      NewsRow(
        time: at, symbol: "HLDN", source: "Wire", headline: "Halden ruling is due", category: .material, direction: 1,
        isScheduled: true)
    ]
    return section
  }()

  static let figures = [
    Figure(
      id: "E1", title: "The purchase came before the news", description: "The price rises behind the purchase.",
      indicators: ["I7", "I8"],
      .priceWithFills(
        prices: (0..<5).map {
          .init(day: tradeDay + $0, close: Price(tenThousandths: 120_000 + $0 * 2_500))
        },
        fills: [
          .init(
            time: Instant(tradeDay, hour: 10), side: .buy, quantity: 5_000, price: Price(tenThousandths: 121_000))
        ],
        news: [.init(time: Instant(tradeDay + 1, hour: 14), headline: "Ruling in favour of Halden")])),
    Figure(
      id: "E2", title: "Far above the usual day", description: "One bar is four times the median.", indicators: ["I4"],
      .dailyNotional(
        days: (0..<8).map { .init(day: tradeDay + $0 - 7, amount: Money(minor: $0 == 7 ? 6_050_000 : 1_400_000)) },
        flagged: tradeDay, median: Money(minor: 1_400_000))),
  ]

  static let washFigures = [
    Figure(
      id: "E3", title: "Bought and sold at once", description: "Each purchase has its sale.", indicators: ["W4", "W5"],
      .pairedTrades(
        (0..<3).map { index in
          let time = at + index * 60_000
          return .init(
            buy: .init(time: time, account: "A-2", quantity: 500, price: Price(tenThousandths: 125_000)),
            sell: .init(time: time + 2_500, account: "A-1", quantity: 500, price: Price(tenThousandths: 125_025)),
            priceGap: 2, milliseconds: 2_500)
        })),
    Figure(
      id: "E4", title: "The position returns to nothing", description: "Up, and down again.", indicators: ["W3"],
      .netPosition([
        .init(time: at, position: 0), .init(time: at + 1_000, position: 5_000), .init(time: at + 2_000, position: 0),
      ])),
    Figure(
      id: "E5", title: "One owner on both sides", description: "Two accounts lead to one owner.", indicators: ["W1"],
      .accountLinks(
        nodes: [
          .init(id: "A-1", label: "A-1", layer: 0, isFlagged: true),
          .init(id: "A-2", label: "A-2", layer: 0, isFlagged: true),
          .init(id: "O-1", label: "Harbour Making of Port Halden", layer: 1, isFlagged: false),
        ],
        edges: [.init(from: "A-1", to: "O-1", label: "owner"), .init(from: "A-2", to: "O-1", label: "owner")])),
  ]

  static func alert() -> Alert {
    var alert = Alert(id: "AL-2026-0017", type: "Insider")
    alert.trader = AlertTrader(id: "T-9", name: "Kim Sample", department: "Research", title: "Analyst")
    var trade = AlertTrade(
      sequence: 1, time: Instant(tradeDay, hour: 10), symbol: "HLDN", side: .buy, quantity: 5_000,
      price: Price(tenThousandths: 121_000))
    trade.accountID = "A-9"
    alert.trades = [trade]
    alert.relatedParties = [RelatedParty(id: "P-1", name: "Lee Sample", relationship: "spouse")]
    return alert
  }

  static func answer(_ kind: OpenQuestion.Kind, _ answer: String, by: String? = "j.okafor") -> HumanAnswer {
    HumanAnswer(kind, answer: answer, by: by, at: at)
  }

  static func decision(
    _ assessment: Assessment = undecidedInsider(), answers: [HumanAnswer] = [], alert: Alert = alert()
  ) -> Decision {
    Decision(
      alert, Judgement.make(assessment, answers: answers, policy: .standard), precedents: .standard,
      Decision.Context(
        id: "D-1", at: at, toolCalls: [.traderHistory: "call-3", .marketNews: "call-4"],
        submitter: .init(firm: "Example Brokers", person: "R. Analyst", contact: "desk@example.test")))
  }
}
