import Testing

@testable import Surveillance

@Suite struct AlertCheckTests {
  /// What the samples are compared with. Nothing of it says other than the samples, save where a test makes it.
  private func tables() throws -> ReferenceTables {
    var tables = ReferenceTables()
    tables.traders = [("T-100", "Ada Kern", "Settlements"), ("T-452", "Ben Ash", "Board")].map {
      TraderRow(
        id: $0.0, name: $0.1, role: "", department: $0.2, access: .none, permission: .full, mandateSectors: [])
    }
    tables.instruments = ["BRIX", "OPAL", "TERN"].map {
      InstrumentRow(symbol: $0, sector: "", currency: "USD", averageVolume: 1, tick: Price(tenThousandths: 100))
    }
    tables.accounts = [("A-300", "Heron Holdings"), ("A-301", "Finch Trading"), ("A-302", "Plover Invest")].map {
      AccountRow(
        id: $0.0, name: $0.1, ownerID: "B-700", ownerName: "", ownerType: "", relationship: "", controllerID: "",
        desk: "")
    }
    tables.prices = [
      try price("OPAL", "2026-03-02", 85, volume: 66_000), try price("TERN", "2026-03-03", 45, volume: 900_000),
      try price("TERN", "2026-03-04", 46, volume: 900_000), try price("TERN", "2026-03-05", 58.09, volume: 2_000_000),
      try price("BRIX", "2026-03-09", 150, volume: 5_000_000),
    ]
    return tables
  }

  private func price(_ symbol: String, _ day: String, _ close: Double, volume: Int) throws -> PriceRow {
    let close = Int((close * 10_000).rounded())
    return PriceRow(
      symbol: symbol, day: try #require(Day(day)), open: Price(tenThousandths: close),
      high: Price(tenThousandths: close + 10_000), low: Price(tenThousandths: close - 10_000),
      close: Price(tenThousandths: close), volume: volume)
  }

  private func findings(
    _ sample: String, _ replacing: [(String, String)] = [], _ change: (inout ReferenceTables) -> Void = { _ in }
  ) throws -> AlertFindings {
    var text = sample
    for (old, new) in replacing {
      let parts = text.split(separator: old, maxSplits: 1, omittingEmptySubsequences: false)
      try #require(parts.count == 2)
      text = parts.joined(separator: new)
    }
    var tables = try tables()
    change(&tables)
    return AlertCheck.findings(try AlertParserTests.one(text), ReferenceData(tables))
  }

  private func told(_ sample: String, _ replacing: [(String, String)] = []) throws -> String {
    told(try findings(sample, replacing))
  }

  private func told(_ findings: AlertFindings) -> String { findings.mismatches.map(\.plain).joined(separator: "\n") }

  @Test func `the flat sample contradicts itself in three ways`() throws {
    let findings = try findings(AlertSamples.flat)
    #expect(
      told(findings) == """
        Trade 1 is dated 2026-03-07, which is a Saturday, when nothing is traded.
        The alert speaks of a profit, or a loss avoided, of 675000, but its trades come to 2,425,000.00 at the close behind the \
        event of 2026-03-08.
        The alert says of the time between trade and event: “36 hours before M&A announcement”; by its own dates it was \
        between 0.0 and 34.5 hours.
        """)
    #expect(findings.gaps == [])
  }

  @Test func `the layered sample agrees with what is known`() throws {
    let findings = try findings(AlertSamples.layered)
    #expect(told(findings) == "")
    #expect(findings.gaps == [])
  }

  @Test(arguments: [
    (
      "1275000.00", "1290000.00",
      "The alert says that trade 1 was worth 1,290,000.00, but 15,000 shares at 85.00 are 1,275,000.00."
    ),
    (
      "2026-03-02T11:05:00Z", "2026-03-02T11:00:07Z",
      "Trade 3 is dated 2026-03-02T11:00:10.000Z, after the alert itself, which was made at 2026-03-02T11:00:07.000Z."
    ),
    (
      "Heron Holdings", "Stork Holdings",
      "The alert calls the account A-300 “Stork Holdings”; it is known as “Heron Holdings”."
    ),
    (
      "10 seconds", "30 seconds",
      "The alert says of the time between its first and its last trade: “30 seconds”; by its own times it was 10.000 seconds."
    ),
    (
      "5 seconds between", "0.5s between",
      "The alert says of the time between its trades: “0.5s between each leg”; by its own times it was 4.750 seconds at the least."
    ),
    ("<SamePrice>true", "<SamePrice>No", "The alert says that its trades do not have the same price, but they have."),
    (
      "68.2%", "80%",
      "The alert puts its trades at 80% of the day's volume; their 45,000 shares are 68.2 % of the 66,000 that were traded on 2026-03-02."
    ),
    (
      "<DailyVolume>66000", "<DailyVolume>60000",
      "The alert gives 60000 as the volume of OPAL on 2026-03-02; the market's was 66,000."
    ),
    ("B-700", "B-1", "The alert names B-1 as the owner behind its accounts; the register has B-700."),
  ])
  func `each thing that the layered sample could have wrong is told of`(old: String, new: String, sentence: String)
    throws
  {
    let findings = try findings(AlertSamples.layered, [(old, new)])
    #expect(told(findings) == sentence)
    #expect(findings.gaps == [])
  }

  @Test func `a value may be half a percent off`() throws {
    #expect(try findings(AlertSamples.layered, [("1275000.00", "1281375.00")]).mismatches == [])
    #expect(try findings(AlertSamples.layered, [("1275000.00", "1282000.00")]).mismatches.count == 1)
  }

  /// 45,000 of 66,000 in three legs.
  @Test(arguments: [("68.2%", true), ("34.1%", true), ("22.7%", true), ("50%", false)])
  func `a share of the volume may count every leg, each pair once or one leg`(claim: String, isGood: Bool) throws {
    #expect(try findings(AlertSamples.layered, [("68.2%", claim)]).mismatches.isEmpty == isGood)
  }

  @Test func `a price outside of the day's is told of`() throws {
    let findings = try findings(
      AlertSamples.layered,
      [("<Price>85.00", "<Price>86.01"), ("1275000.00", "1290150"), ("<SamePrice>true", "<SamePrice>false")])
    #expect(
      told(findings) == "Trade 1 is said to have been at 86.01, but OPAL traded between 84.00 and 86.00 on 2026-03-02.")
  }

  @Test func `the rich sample's hours are not those of its dates`() throws {
    let hours = """
      The alert says of the time between trade and event: “18”; by its own dates it was between 23.8 and 46.2 hours.
      """
    #expect(try told(AlertSamples.rich) == hours)
    #expect(try told(AlertSamples.rich, [("<TimeDifferenceHours>18", "<TimeDifferenceHours>30")]) == "")
  }

  @Test(arguments: [
    (
      "$750,000", "$5",
      "The alert speaks of a profit, or a loss avoided, of $5, but its trades come to 750,100.00 at the close behind the event of 2026-03-05."
    ),
    (
      "<TotalVolume>60000", "<TotalVolume>61200",
      "The alert gives 61200 as the quantity of all its trades; they sum up to 60,000."
    ),
    (
      "2735300", "$3,000,000", "The alert gives $3,000,000 as the value of all its trades; they sum up to 2,735,300.00."
    ),
    (
      "706%", "900%",
      "The alert says that its volume was 900% of the average; by its own figures it was 7.06 times as much."
    ),
    (
      "<AnomalyMultiplier>7.06", "<AnomalyMultiplier>70.6",
      "The alert says that its volume was 70.6 of the average; by its own figures it was 7.06 times as much."
    ),
  ])
  func `the rich sample's figures are worked out again`(old: String, new: String, sentence: String) throws {
    let findings = try findings(
      AlertSamples.rich, [(old, new), ("<TimeDifferenceHours>18", "<TimeDifferenceHours>30")])
    #expect(told(findings) == sentence)
  }

  @Test func `a trader is compared with the register`() throws {
    let findings = try findings(
      AlertSamples.flat, [("2026-03-07", "2026-03-06"), ("675000", "2,425,000"), ("36 hours", "1 day")]
    ) {
      $0.traders[0].name = "Ada Stern"
      $0.traders[0].department = "settlements"
    }
    #expect(
      told(findings).hasPrefix(
        "The alert gives “Ada Kern” as the name of the trader T-100; the register has “Ada Stern”."))
    #expect(!told(findings).contains("department"))
  }

  @Test func `what nobody knows is a gap, told of once and never mandatory`() throws {
    let findings = try findings(AlertSamples.layered) {
      $0.instruments = []
      $0.accounts = []
    }
    #expect(findings.gaps.map(\.source) == ["instrument OPAL", "account A-300", "account A-301", "account A-302"])
    #expect(findings.gaps.allSatisfy { !$0.isMandatory && $0.statement.hasSuffix(" of the alert's trades.") })
    let empty = try self.findings(AlertSamples.rich) { $0 = ReferenceTables() }
    #expect(empty.gaps.map(\.source) == ["instrument TERN", "trader T-452"])
  }

  @Test func `what could not be read is a gap, too`() throws {
    let findings = try findings(AlertSamples.group) { $0.traders[0].id = "T-1" }
    #expect(findings.gaps == [DataGap("alert content", "The alert has no trade that can be used.", isMandatory: false)])
  }

  @Test func `a claim that is told of twice, or is no number, is compared with nothing`() throws {
    #expect(try findings(AlertSamples.layered, [("68.2%", "large")]).mismatches == [])
    let twice = "<VolumeImpact>1%</VolumeImpact><VolumeImpact>2%"
    #expect(try findings(AlertSamples.layered, [("<VolumeImpact>68.2%", twice)]).mismatches == [])
  }

  @Test func `every number of a finding says where it comes from`() throws {
    let findings = try findings(AlertSamples.flat)
    for case .text(let text) in findings.mismatches.flatMap(\.pieces) {
      let hasNumber = text.contains { $0.isNumber }
      #expect(!hasNumber, "\(text)")
    }
    for case .fact(_, let tool) in findings.mismatches.flatMap(\.pieces) { #expect(tool == .readAlert) }
  }

  @Test func `the largest figures that are read overflow nowhere`() throws {
    let row = """
      <Order><Symbol>OPAL</Symbol><Side>SELL</Side><Quantity>1,000,000,000</Quantity><Price>1000</Price>
      <TotalValue>9999999999999</TotalValue><Timestamp>9999-12-31T23:59:59.999Z</Timestamp></Order>
      """
    let alert = try AlertParserTests.one(
      """
      <Alert><AlertID>1</AlertID><EstimatedProfit>99999999999999</EstimatedProfit><TemporalProximity>99999999999999 days</TemporalProximity>
      <RelatedEvent><EventDate>0000-01-01T00:00:00-23:59</EventDate></RelatedEvent>
      \(String(repeating: row, count: 1_000))<TimeDelta>99999999999999 days</TimeDelta></Alert>
      """)
    #expect(alert.trades.count == 1_000)
    var tables = try tables()
    tables.prices = [
      PriceRow(
        symbol: "OPAL", day: Day(year: -1, month: 12, day: 31), open: Price(tenThousandths: .max),
        high: Price(tenThousandths: .max), low: Price(tenThousandths: .min), close: Price(tenThousandths: .max),
        volume: .max)
    ]
    #expect(AlertCheck.findings(alert, ReferenceData(tables)).mismatches.count > 1_000)
  }
}

@Suite struct ClaimedAmountTests {
  @Test(arguments: [
    ("36 hours before", 36, "hours"), ("$750,000", 750_000, ""), ("706%", 706, "%"), ("Up 12.5 %", 12.5, "%"),
    ("$15.2 Billion", 15_200_000_000, "billion"), ("0.5s", 0.5, "s"), ("-$1,234.50", -1_234.5, ""),
    ("Within 30-minute windows", 30, "minute"),
    ("about 7, or 8", 7, ""), ("1.5M", 1.5, "m"),
  ])
  func `the first number and its unit are read`(text: String, value: Double, unit: String) throws {
    let amount = try #require(ClaimedAmount(text))
    #expect(amount.value == value)
    #expect(amount.unit == unit)
  }

  @Test(arguments: ["", "HIGH", "12,34 pieces", "99999999999999999999"])
  func `what has none is none`(text: String) { #expect(ClaimedAmount(text) == nil) }
}
