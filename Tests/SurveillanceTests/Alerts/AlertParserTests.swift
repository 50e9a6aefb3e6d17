import Testing

@testable import Surveillance

@Suite struct AlertParserTests {
  static func parse(_ text: String) throws -> [Alert] { try AlertParser.parse(Array(text.utf8)) }

  static func one(_ text: String) throws -> Alert {
    let alerts = try parse(text)
    #expect(alerts.count == 1)
    return try #require(alerts.first)
  }

  private func claims(_ alert: Alert) -> String { alert.claims.map { "\($0.name)=\($0.text)" }.joined(separator: "\n") }

  // MARK: The dialects

  @Test func `the flat form of insider trading is read`() throws {
    let alert = try Self.one(AlertSamples.flat)
    #expect(alert.id == "SB-0001")
    #expect(alert.type == "Pre-Announcement Trading")
    #expect(alert.ruleCode == "MAR-03-001")
    #expect(alert.generatedAt == Instant("2026-03-08T10:30:00Z"))
    #expect(alert.kinds == [.insiderTrading])
    #expect(alert.trader == AlertTrader(id: "T-100", name: "Ada Kern", department: "Settlements"))
    var trade = AlertTrade(
      sequence: 1, time: try #require(Instant("2026-03-07T12:00:00Z")), isTimeKnown: false, symbol: "BRIX", side: .buy,
      quantity: 50_000, price: Price(tenThousandths: 1_015_000))
    trade.value = Money(minor: 507_500_000)
    #expect(alert.trades == [trade])
    #expect(
      alert.event
        == AlertEvent(
          type: "M&A Announcement", time: try #require(Instant("2026-03-08T12:00:00Z")), isTimeKnown: false,
          description: "Brixton bought for 150 a share"))
    #expect(
      claims(alert) == """
        AnomalyScore=87
        ConfidenceLevel=HIGH
        TemporalProximity=36 hours before M&A announcement
        EstimatedProfit=675000
        """)
    #expect(alert.unusable == [])
  }

  @Test func `the wash form keeps its legs as they stand`() throws {
    let alert = try Self.one(AlertSamples.layered)
    #expect(alert.id == "SB-0002")
    #expect(alert.severity == "CRITICAL")
    #expect(alert.ruleCode == "WT-002")
    #expect(alert.kinds == [.washTrade])
    #expect(alert.trader == nil)
    let legs = alert.trades.map { trade in
      "\(trade.sequence) \(trade.time) \(trade.accountID ?? "-") \(trade.side.rawValue) \(trade.counterparty ?? "-")"
    }
    #expect(
      legs.joined(separator: "\n") == """
        1 2026-03-02T11:00:00.000Z A-300 SELL A-301
        2 2026-03-02T11:00:05.250Z A-301 SELL A-302
        3 2026-03-02T11:00:10.000Z A-302 SELL A-300
        """)
    #expect(alert.trades.map(\.orderID) == ["O-1", "O-2", "O-3"])
    #expect(alert.trades.map(\.accountName) == ["Heron Holdings", "Finch Trading", "Plover Invest"])
    #expect(alert.trades.map(\.isTimeKnown) == [true, true, true])
    #expect(alert.unusable == [])
    #expect(
      claims(alert) == """
        PatternType=LayeredWashTrade
        FlowPattern=A-300 -> A-301 -> A-302 -> A-300
        TotalCycleTime=10 seconds
        TimeDelta=5 seconds between each leg
        SamePrice=true
        VolumeImpact=68.2%
        DailyVolume=66000
        OwnerID=B-700
        Symbol=OPAL
        TradeDate=2026-02-02
        Quantity=1
        """)
  }

  @Test func `prefixes, numbered rows, spouses and a market maker are read`() throws {
    let alert = try Self.one(AlertSamples.disclosed)
    #expect(alert.kinds == [.washTrade])
    #expect(alert.trades.map(\.sequence) == [1, 2])
    #expect(alert.trades.map(\.accountID) == ["A-200", "A-201"])
    #expect(alert.trades.map(\.side) == [.buy, .sell])
    #expect(alert.trades.map(\.counterparty) == ["A-201", nil])
    #expect(alert.trades.last?.accountType == "MarketMaker")
    #expect(alert.trades.last?.book == "HedgeBook")
    #expect(
      alert.relatedParties == [
        RelatedParty(id: "A-200", name: "Ida Moor", relationship: "Spousal"),
        RelatedParty(id: "A-201", name: "Jon Moor", relationship: "Spousal"),
      ])
    var exemption = ClaimedExemption()
    exemption.licence = "MM-7"
    exemption.regulator = "MAS"
    exemption.status = "Current"
    exemption.symbols = ["OPAL", "BRIX", "TERN"]
    exemption.separated = true
    #expect(alert.exemption == exemption)
    #expect(claims(alert) == "SharedHousehold=true\nExemptionCategory=Licensed")
  }

  @Test func `the rich form shares its symbol among its orders`() throws {
    let alert = try Self.one(AlertSamples.rich)
    #expect(alert.ruleCode == "MAR-03-001")
    #expect(alert.ruleName == "Pre-Announcement Trading Anomaly")
    #expect(alert.kinds == [.insiderTrading])
    #expect(alert.trader == AlertTrader(id: "T-452", name: "Ben Ash", title: "VP - Operations"))
    #expect(alert.trades.map(\.symbol) == ["TERN", "TERN"])
    #expect(alert.trades.map(\.orderID) == ["O-41", "O-42"])
    #expect(alert.trades.map(\.time.description) == ["2026-03-03T10:15:32.000Z", "2026-03-04T08:42:05.000Z"])
    #expect(alert.trades.map(\.value) == [Money(minor: 113_300_000), Money(minor: 160_230_000)])
    #expect(alert.trades.map(\.venue) == ["XSIG", "XSIG"])
    #expect(alert.trades.map(\.traderID) == ["T-452", "T-452"])
    #expect(alert.event?.time == Instant("2026-03-05T08:30:00Z"))
    #expect(alert.event?.description == "Tern buys a rival")
    #expect(alert.relatedParties == [RelatedParty(id: "T-673", name: "Sue Ash", relationship: "Spouse")])
    #expect(claims(alert).contains("AnomalyPercentage=706%"))
    #expect(claims(alert).contains("ProfitabilityFromMove=$750,000"))
    #expect(claims(alert).contains("ImpactOnPrice=Up 12.5%"))
    #expect(alert.unusable == [])
  }

  @Test func `a group without orders comes without trades`() throws {
    let alert = try Self.one(AlertSamples.group)
    #expect(alert.trades == [])
    #expect(alert.unusable == ["The alert has no trade that can be used."])
    #expect(alert.trader == AlertTrader(id: "T-1", name: "Pat Wren", title: "CFO"))
    #expect(alert.relatedParties == [RelatedParty(id: "T-2", name: "Jim Wren", relationship: "Son")])
  }

  @Test func `a file may hold many`() throws {
    #expect(try Self.parse(AlertSamples.many).map(\.id) == ["SB-0004", "SB-0005"])
    let wrapped = "<e:Envelope xmlns:e='u'><e:Body>\(AlertSamples.group)</e:Body></e:Envelope>"
    #expect(try Self.parse(wrapped).map(\.id) == ["SB-0005"])
    #expect(try Self.parse("<Report><AlertID>7</AlertID></Report>").map(\.id) == ["7"])
  }

  @Test func `the same bytes give the same alerts`() throws {
    for sample in AlertSamples.all { #expect(try Self.parse(sample) == Self.parse(sample)) }
  }

  @Test func `how lines end, and spaces between, say nothing`() throws {
    for sample in AlertSamples.all {
      let plain = try Self.parse(sample)
      let isSame =
        try Self.parse(sample.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n"))
        == plain
      #expect(isSame)
      #expect(try Self.parse("\u{FEFF}" + sample).map(\.id) == plain.map(\.id))
    }
  }

  @Test func `an alert without a name gets one that stays the same`() throws {
    let alerts = try Self.parse(
      "<SmartsAlerts>\n<Alert><AlertType>x</AlertType></Alert>\n<Alert><AlertType/></Alert></SmartsAlerts>")
    #expect(alerts.map(\.id) == ["unnamed-1", "unnamed-2"])
    #expect(alerts.map(\.type) == ["x", ""])
    #expect(alerts.last?.unusable.first == "The alert in line 3 has no AlertID, and is called unnamed-2 here.")
  }

  // MARK: Rows that cannot be used

  private static func row(_ fields: [(String, String)]) -> String {
    "<Alert><AlertID>1</AlertID>\n<Order>" + fields.map { "<\($0)>\($1)</\($0)>" }.joined() + "</Order></Alert>"
  }

  private static let good = [
    ("Symbol", "OPAL"), ("Side", "BUY"), ("Quantity", "100"), ("Price", "10.5"), ("Timestamp", "2026-03-02T10:00:00Z"),
  ]

  private static func with(_ name: String, _ value: String?) -> String {
    row(good.filter { $0.0 != name } + (value.map { [(name, $0)] } ?? []))
  }

  @Test(
    arguments: [
      ("Symbol", nil, "it has no symbol"), ("Symbol", " ", "it has no symbol"), ("Side", nil, "it has no side"),
      ("Side", "HOLD", "its side “HOLD” is not known"), ("Quantity", nil, "it has no quantity"),
      ("Quantity", "0", "its quantity “0” is not above zero"),
      ("Quantity", "-5", "its quantity “-5” is not above zero"),
      ("Quantity", "1.5", "its quantity “1.5” is not whole"),
      ("Quantity", "many", "its quantity “many” is not a number"),
      ("Quantity", "1e3", "its quantity “1e3” is not a number"),
      ("Quantity", "12,34", "its quantity “12,34” is not a number"),
      ("Quantity", "1000000001", "its quantity “1000000001” is too large to be counted"),
      (
        "Quantity", "99999999999999999999999999", "its quantity “99999999999999999999999999” is too large to be counted"
      ),
      ("Price", nil, "it has no price"), ("Price", "0.00004", "its price “0.00004” is not above zero"),
      ("Price", "-1", "its price “-1” is not above zero"), ("Price", "N/A", "its price “N/A” is not a number"),
      ("Price", "9223372036854775808", "its price “9223372036854775808” is too large to be counted"),
      ("Price", "10000000.0001", "its price “10000000.0001” is too large to be counted"),
      ("Timestamp", nil, "it has no date"), ("Timestamp", "yesterday", "its time “yesterday” cannot be read"),
      ("Timestamp", "2026-02-30T10:00:00Z", "its time “2026-02-30T10:00:00Z” cannot be read"),
    ] as [(String, String?, String)])
  func `a row that cannot be used is told of and left out`(name: String, value: String?, reason: String) throws {
    let alert = try Self.one(Self.with(name, value))
    #expect(alert.trades.isEmpty)
    #expect(
      alert.unusable == ["Trade 1 (line 2) cannot be used: \(reason).", "The alert has no trade that can be used."])
  }

  @Test func `what is too large only as a product is told of`() throws {
    let fields = Self.good.filter { $0.0 != "Quantity" && $0.0 != "Price" }
    let alert = try Self.one(Self.row(fields + [("Quantity", "1000000000"), ("Price", "1000.0001")]))
    #expect(alert.trades.isEmpty)
    #expect(alert.unusable.first?.hasSuffix("its quantity and its price together are too large to be counted.") == true)
    #expect(try Self.one(Self.row(fields + [("Quantity", "1000000000"), ("Price", "1000")])).trades.count == 1)
  }

  @Test func `several reasons stand in one sentence, and good rows stay`() throws {
    let alert = try Self.one(
      "<Alert><AlertID>1</AlertID><Trade><Symbol>A</Symbol><Side>x</Side></Trade>\n"
        + Self.with("", nil).dropFirst("<Alert><AlertID>1</AlertID>\n".count))
    #expect(alert.trades.map(\.sequence) == [2])
    #expect(
      alert.unusable == [
        "Trade 1 (line 1) cannot be used: its side “x” is not known, it has no quantity, it has no price and it has no date."
      ])
  }

  @Test func `a value that is no number is left out, and its trade stays`() throws {
    for value in ["much", "99999999999999999999", "12345678901234"] {
      let alert = try Self.one(Self.row(Self.good + [("TotalValue", value)]))
      #expect(alert.trades.map(\.value) == [nil])
      #expect(alert.unusable == ["The value “\(value)” of trade 1 (line 2) is not a number that can be counted."])
    }
  }

  @Test func `a time that is none leaves its day`() throws {
    let fields = Self.good.filter { $0.0 != "Timestamp" } + [("TradeDate", "2026-03-02"), ("TradeTime", "25:00:00")]
    let alert = try Self.one(Self.row(fields))
    #expect(alert.trades.map(\.time.description) == ["2026-03-02T12:00:00.000Z"])
    #expect(alert.trades.map(\.isTimeKnown) == [false])
    #expect(alert.unusable == ["The time “25:00:00” of trade 1 (line 2) cannot be read; noon stands for it."])
  }

  @Test func `only the first are told of, and how many more there are`() throws {
    let rows = String(repeating: "<Trade><Symbol>A</Symbol></Trade>", count: 50)
    let alert = try Self.one("<Alert><AlertID>1</AlertID>\(rows)</Alert>")
    #expect(alert.unusable.count == 22)
    #expect(alert.unusable.last == "30 more of its fields could not be used.")
  }

  @Test func `an event without a date is told of`() throws {
    let alert = try Self.one(
      "<Alert><AlertID>1</AlertID><RelatedEvent><EventDate>soon</EventDate></RelatedEvent></Alert>")
    #expect(alert.event == nil)
    #expect(alert.unusable.first == "The time “soon” of its event cannot be read, so no move of the price is known.")
  }

  @Test func `rows inside of rows are the trades, and share what stands around them`() throws {
    let alert = try Self.one(
      """
      <Alert><AlertID>1</AlertID><SuspiciousActivity><Symbol>OPAL</Symbol><TradeDate>2026-03-02</TradeDate><Side>SELL</Side>
      <AccountID>A-1</AccountID><Trades><Trade><Quantity>5</Quantity><Price>1</Price><TradeTime>10:00</TradeTime></Trade>
      <Trade symbol="BRIX" side="b" quantity="6" price="2" account="A-2"/></Trades></SuspiciousActivity></Alert>
      """)
    #expect(
      alert.trades.map { "\($0.symbol) \($0.side) \($0.quantity) \($0.accountID ?? "")" } == [
        "OPAL sell 5 A-1", "BRIX buy 6 A-2",
      ])
    #expect(alert.trades.map(\.time.description) == ["2026-03-02T10:00:00.000Z", "2026-03-02T12:00:00.000Z"])
  }

  @Test func `numbers that are doubled do not order the rows`() throws {
    let row = { (sequence: Int, quantity: Int) in
      "<Trade sequence='\(sequence)'><Symbol>A</Symbol><Side>B</Side><Quantity>\(quantity)</Quantity><Price>1</Price>"
        + "<TradeDate>2026-03-02</TradeDate></Trade>"
    }
    #expect(try Self.one("<Alert>\(row(7, 1))\(row(7, 2))</Alert>").trades.map(\.sequence) == [1, 2])
    #expect(try Self.one("<Alert>\(row(9, 1))\(row(7, 2))</Alert>").trades.map(\.quantity) == [2, 1])
  }
}

@Suite struct AlertNumberTests {
  @Test(arguments: [
    ("50000", 0, 50_000), ("50,000", 0, 50_000), (" $750,000.00 ", 2, 75_000_000), ("-$5", 0, -5), ("$-5", 0, -5),
    ("706%", 0, 706), ("101.505", 2, 10_151), ("101.504", 2, 10_150), ("-0.005", 2, -1), (".5", 1, 5),
    ("1,234,567.8", 1, 12_345_678),
    ("101.50 USD", 2, 10_150), ("EUR 7", 0, 7), ("+3", 0, 3), ("000000000000000000000012", 0, 12), ("0", 4, 0),
    ("999999999999999", 0, 999_999_999_999_999),
  ])
  func `a number is read as alerts write it`(text: String, decimals: Int, expected: Int) {
    #expect(AlertNumber.read(text, decimals: decimals) == .value(expected))
  }

  @Test(arguments: [
    "", "-", "$", "abc", "1.2.3", "1,23", "1,2345", ",123", "1e9", "0x10", "1.", "--1", "1 000", "١٢", "12,345,67",
    "Up 12.5%",
  ])
  func `anything else is none`(text: String) { #expect(AlertNumber.read(text, decimals: 2) == .none) }

  @Test func `what cannot be counted is too large`() {
    #expect(AlertNumber.read("1000000000000000", decimals: 0) == .tooLarge)
    #expect(AlertNumber.read("999999999999999", decimals: 4) == .tooLarge)
    #expect(AlertNumber.read(String(repeating: "9", count: 10_000), decimals: 4) == .tooLarge)
    #expect(AlertNumber.read("1.5", decimals: 0, isExact: true) == .fraction)
    #expect(AlertNumber.read("1.50", decimals: 1, isExact: true) == .value(15))
  }
}

@Suite struct AlertScopeTests {
  private let row =
    "<Symbol>A</Symbol><Side>B</Side><Quantity>1</Quantity><Price>1</Price><TradeDate>2026-03-02</TradeDate>"

  @Test func `trades of former days and of other people are not flagged`() throws {
    let alert = try AlertParserTests.one(
      """
      <Alert><AlertID>1</AlertID><PriorTrades><Trade>\(row)</Trade></PriorTrades><PriorityTrades><Trade>\(row)</Trade></PriorityTrades>
      <RelatedParties><RelatedParty><TraderID>T-2</TraderID><Trade>\(row)</Trade></RelatedParty></RelatedParties></Alert>
      """)
    #expect(alert.trades.count == 1)
    #expect(alert.trader == nil)
    #expect(alert.relatedParties == [RelatedParty(id: "T-2")])
  }

  @Test(
    arguments: [
      ("<TraderID>T-1</TraderID>", "T-1"), ("<Desk><TraderID>T-1</TraderID></Desk>", "T-1"),
      ("<RelatedParties><Trader><TraderID>T-2</TraderID></Trader></RelatedParties>", nil),
      ("<RelatedParties><Party><TraderID>T-2</TraderID></Party></RelatedParties><Trader><ID>T-1</ID></Trader>", "T-1"),
      ("<Trade TraderID='T-3' Symbol='A' Side='B' Quantity='1' Price='1' TradeDate='2026-03-02'/>", "T-3"),
    ] as [(String, String?)])
  func `other people are not the trader`(section: String, id: String?) throws {
    #expect(try AlertParserTests.one("<Alert><AlertID>1</AlertID>\(section)</Alert>").trader?.id == id)
  }

  @Test func `the primary one of a group is the trader, and nobody is in it twice`() throws {
    let member = { (id: String, relationship: String) in
      "<Trader><TraderID>\(id)</TraderID><Relationship>\(relationship)</Relationship></Trader>"
    }
    let alert = try AlertParserTests.one(
      """
      <Alert><AlertID>1</AlertID><TraderGroup>\(member("T-1", "Son"))\(member("T-2", "Primary Insider"))</TraderGroup>
      <RelatedParties><RelatedParty><TraderID>T-1</TraderID><Relationship>Child</Relationship></RelatedParty></RelatedParties></Alert>
      """)
    #expect(alert.trader?.id == "T-2")
    #expect(alert.relatedParties == [RelatedParty(id: "T-1", relationship: "Son")])
  }

  /// Each of these makes work for each other, were they looked for one by one.
  @Test(.timeLimit(.minutes(1))) func `thousands of rows and parties take no long time`() throws {
    let rows = String(repeating: "<Trade a='' b=''/>", count: 6_600)
    #expect(try AlertParserTests.one("<Alert><AlertID>1</AlertID>\(rows)</Alert>").trades.isEmpty)
    let leaves = String(repeating: "<x>1</x>", count: 4_000)
    let trades = String(repeating: "<Trade symbol='A'/><Trade a='' b=''/>", count: 2_000)
    #expect(try AlertParserTests.one("<Alert><AlertID>1</AlertID>\(leaves)\(trades)</Alert>").trades.isEmpty)
    let parties = (0..<4_900).map { "<P><ID>\($0)</ID></P>" }.joined()
    let alert = try AlertParserTests.one(
      "<Alert><AlertID>1</AlertID><RelatedParties>\(parties)</RelatedParties></Alert>")
    #expect(alert.relatedParties.count == 4_900)
  }
}
