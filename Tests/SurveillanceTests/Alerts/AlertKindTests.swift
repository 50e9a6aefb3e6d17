import Testing

@testable import Surveillance

@Suite struct AlertKindTests {
  @Test(
    arguments: [
      ("WashTrade", nil, nil, .washTrade), ("WASH_TRADE", nil, nil, .washTrade), ("Self-Trading", nil, nil, .washTrade),
      ("matched order cluster", nil, nil, .washTrade), ("Circular flow", nil, nil, .washTrade),
      ("Insider Trading Detection", nil, nil, .insiderTrading),
      ("Pre-Announcement Trading", "MAR-03-001", nil, .insiderTrading),
      ("MNPI use", nil, nil, .insiderTrading), ("Material news", nil, nil, .insiderTrading),
      ("Odd", "WT-001", nil, .washTrade), ("Odd", "IT-1", nil, .insiderTrading), ("Odd", "ITA-9", nil, .insiderTrading),
      ("Odd", "PRE_7", nil, .insiderTrading), ("Odd", "pre_7", nil, .insiderTrading), ("Odd", "MAR-03-001", nil, nil),
      ("Insider Trading", "WT-001", nil, .washTrade), ("Insider wash", nil, nil, .washTrade),
      ("Odd", nil, "Information from an insider", .insiderTrading), ("", "Wash sale", nil, .washTrade),
      ("Insider matter", nil, "Circular notices", .insiderTrading), ("Spoofing", "SP-1", "Layers of orders", nil),
      ("", nil, nil, nil),
    ] as [(String, String?, String?, AlertKind?)])
  func `an alert goes to the specialist of its type, its rule or its words`(
    type: String, code: String?, name: String?, kind: AlertKind?
  ) {
    var alert = Alert(id: "1", type: type)
    alert.ruleCode = code
    alert.ruleName = name
    #expect(AlertKind.kinds(of: alert, sections: []) == Set([kind].compactMap { $0 }))
    // A section alone does not make a kind: others have such sections, too.
    #expect(AlertKind.kinds(of: alert, sections: [.insiderTrading]) == Set([kind].compactMap { $0 }))
  }

  @Test func `one with the sections of both goes to both`() throws {
    let alert = try AlertParserTests.one(
      """
      <SmartsAlert><AlertID>1</AlertID><AlertType>WashTrade</AlertType>
      <WashTradeIndicators><SamePrice>true</SamePrice></WashTradeIndicators>
      <RelatedEvent><EventDate>2026-03-02</EventDate></RelatedEvent></SmartsAlert>
      """)
    #expect(alert.kinds == [.washTrade, .insiderTrading])
  }

  @Test func `an alert of another type has no kind`() throws {
    let alert = try AlertParserTests.one(
      "<Alert><AlertID>1</AlertID><AlertType>Spoofing</AlertType><SuspiciousActivity><Symbol>A</Symbol></SuspiciousActivity></Alert>"
    )
    #expect(alert.kinds == [])
  }
}
