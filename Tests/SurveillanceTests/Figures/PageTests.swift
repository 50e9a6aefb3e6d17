import JSON
import Surveillance
import Testing

@Suite struct PageTests {
  static let hostile = "</style></svg><script>alert('x')</script>\" onload=\"x()\u{202E}\u{200F}\u{0} & &lt; 'q'"

  private func hostileDecision() -> Decision {
    var assessment = Samples.undecidedInsider()
    let hostile = Self.hostile
    for index in assessment.evidence.indices {
      assessment.evidence[index].indicator += hostile
      assessment.evidence[index].title = hostile
      assessment.evidence[index].statement = "\(hostile) \(hostile, from: .marketNews)"
    }
    assessment.gaps = [DataGap(hostile, hostile, isMandatory: true)]
    assessment.mismatches = ["\(hostile, from: .readAlert)"]
    assessment.hardFlags = [hostile]
    assessment.reviewReason = hostile
    assessment.figures = (Samples.figures + Samples.washFigures).map { figure in
      var figure = figure
      figure.title = hostile
      figure.description = hostile
      return figure
    }
    assessment.figures.append(
      Figure(
        id: hostile, title: hostile, description: hostile, indicators: [hostile],
        .accountLinks(
          nodes: [.init(id: hostile, label: hostile, layer: 0, isFlagged: true)],
          edges: [.init(from: hostile, to: hostile, label: hostile)])))
    var alert = Samples.alert()
    alert.id = hostile
    alert.trades[0].symbol = hostile
    alert.trades[0].accountID = hostile
    return Samples.decision(
      assessment,
      answers: [HumanAnswer(.preclearance, subject: hostile, answer: hostile, by: hostile, at: Samples.at)],
      alert: alert)
  }

  @Test func `hostile texts are shown as they are and do nothing`() {
    let page = hostileDecision().page
    #expect(WellFormed.problem(in: page) == nil)
    #expect(!page.contains("<script") && !page.contains("</svg><s"))
    #expect(
      page.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot; onload=&quot;x()[U+202E][U+200F][U+0000]"))
    for scalar in page.unicodeScalars where scalar.value < 0x20 && scalar != "\n" {
      Issue.record("a control character: \(scalar.value)")
      return
    }
    #expect(!page.unicodeScalars.contains("\u{202E}"))
  }

  @Test func `the check for being well-formed finds what is not`() {
    #expect(WellFormed.problem(in: "<p class=\"a\">x &amp; y<br/></p>") == nil)
    for wrong in [
      "<p>", "<p></q>", "</p>", "<p a=b></p>", "<p a=\"1\" a=\"2\"></p>", "<p>&</p>", "<p>&nbsp;</p>", "<p>></p>",
    ] {
      #expect(WellFormed.problem(in: wrong) != nil, "\(wrong)")
    }
  }

  @Test(arguments: NarrativeTests.decisions.indices) func `every decision's page is well-formed`(index: Int) {
    let (name, decision) = NarrativeTests.decisions[index]
    #expect(WellFormed.problem(in: decision.page) == nil, "\(name)")
  }

  @Test func `the page needs nothing but itself, and says what it is`() {
    let page = Samples.decision().page
    for word in ["<script", "<link", "<img", "<iframe", "@import", "url(", "src=", "href=", "onclick"] {
      #expect(!page.contains(word), "\(word)")
    }
    #expect(page.replacing("http://www.w3.org/", with: "").contains("http") == true)
    #expect(page.contains("prefers-color-scheme:dark") && page.contains("@media print"))
    #expect(page.contains("accuses nobody"))
    #expect(page.contains("Advice: a person should review it."))
    #expect(page.contains("<title id=\"E1-title\">The purchase came before the news</title>"))
    #expect(page.contains("<desc id=\"E1-desc\">The price rises behind the purchase.</desc>"))
    #expect(page.contains("<span class=\"fact\" title=\"from trader_history\">4.2</span>"))
  }
}

@Suite struct FigureTests {
  private func page(_ content: Figure.Content) -> String {
    var assessment = Samples.assessment(suspicion: 5, mitigation: 5)
    assessment.figures = [Figure(id: "E1", title: "A title", description: "A description", indicators: [], content)]
    return Samples.decision(assessment).page
  }

  static let contents: [Figure.Content] =
    (Samples.figures + Samples.washFigures).map(\.content) + [
      .priceWithFills(prices: [], fills: [], news: []),
      .priceWithFills(prices: [.init(day: Samples.tradeDay, close: Price(tenThousandths: 1))], fills: [], news: []),
      .dailyNotional(days: [], flagged: Samples.tradeDay, median: Money(minor: 0)),
      .dailyNotional(
        days: [.init(day: Samples.tradeDay, amount: Money(minor: -5))], flagged: Samples.tradeDay,
        median: Money(minor: .max)),
      .pairedTrades([]), .netPosition([]), .netPosition([.init(time: Samples.at, position: -3)]),
      .accountLinks(nodes: [], edges: []),
      .accountLinks(
        nodes: (0..<40).map { .init(id: "\($0)", label: "N\($0)", layer: $0 % 3, isFlagged: false) },
        edges: [.init(from: "0", to: "39", label: "far")]),
    ]

  @Test(arguments: contents.indices) func `every figure is drawn well-formed, with finite coordinates`(index: Int) {
    let page = page(Self.contents[index])
    #expect(WellFormed.problem(in: page) == nil)
    for word in ["nan", "inf\"", "e+"] { #expect(!page.contains("=\"\(word)"), "\(word)") }
    #expect(page.contains("role=\"img\""))
  }

  @Test func `prices rise upwards and time goes to the right`() throws {
    let page = page(Samples.figures[0].content)
    let line = try #require(page.split(separator: "class=\"series\" points=\"").last?.split(separator: "\"").first)
    let points = line.split(separator: " ").map { $0.split(separator: ",").compactMap { Double($0) } }
    #expect(points.count == 5)
    #expect(points.map(\.[0]) == points.map(\.[0]).sorted())
    #expect(points.map(\.[1]) == points.map(\.[1]).sorted(by: >))
  }

  @Test func `the flagged day stands out`() {
    let page = page(Samples.figures[1].content)
    #expect(page.components(of: "class=\"bar hot\"") == 1)
    #expect(page.components(of: "class=\"bar\"") == 7)
  }

  @Test func `at most twelve accounts are drawn, and sixty pairs`() {
    let many = page(Self.contents[Self.contents.count - 1])
    #expect(many.components(of: "class=\"box\"") == 12)
    let pair = Figure.Pair(
      buy: .init(time: Samples.at, account: "A", quantity: 1, price: Price(tenThousandths: 1)),
      sell: .init(time: Samples.at, account: "B", quantity: 1, price: Price(tenThousandths: 1)), priceGap: 0,
      milliseconds: 0)
    let pairs = page(.pairedTrades(Array(repeating: pair, count: 500)))
    #expect(pairs.components(of: "class=\"buy\"") == 60)
    #expect(pairs.contains("the first 60 pairs"))
    #expect(pairs.contains("without its last 300 rows"))
  }

  @Test func `every figure has its table`() {
    let price = FigureTable(Samples.figures[0].content)
    #expect(price.columns == ["Time", "What", "Price", "Quantity"])
    #expect(price.rows.count == 7)
    #expect(price.rows.first == ["2026-03-02T10:00:00.000Z", "Bought", "12.10", "5,000"])
    #expect(price.rows[2] == ["2026-03-03T14:00:00.000Z", "News N1: Ruling in favour of Halden", "", ""])
    let days = FigureTable(Samples.figures[1].content)
    #expect(days.rows[7] == ["2026-03-02", "60,500.00", "flagged"])
    #expect(days.rows.last == ["Median", "14,000.00", ""])
    #expect(FigureTable(Samples.washFigures[0].content).rows[0].suffix(2) == ["2.0", "2,500"])
    #expect(FigureTable(Samples.washFigures[1].content).rows[1].last == "5,000")
    #expect(FigureTable(Samples.washFigures[2].content).rows[0] == ["A-1", "Harbour Making of Port Halden", "owner"])
  }

  @Test func `figures as JSON have their data and their tables`() throws {
    let json = try JSONValue(parsing: (Samples.figures + Samples.washFigures).json)
    let figures = try #require(json["figures"])
    #expect(
      figures.elements.map { $0["type"]?.string ?? "" }
        == ["price_with_fills", "daily_notional", "paired_trades", "net_position", "account_links"])
    for figure in figures.elements {
      #expect((figure["table"]?["rows"]?.count ?? 0) > 0)
      #expect((figure["data"]?.count ?? 0) > 0)
    }
    #expect(figures[0]?["data"]?["fills"]?[0]?["price"]?.numberText == "12.10")
    #expect(figures[2]?["data"]?["pairs"]?[0]?["price_gap_bp"]?.numberText == "2.00")
  }
}

extension String {
  fileprivate func components(of word: String) -> Int { ranges(of: word).count }
}
