/// Invented alerts, one for each dialect, with what such files have got wrong before.
enum AlertSamples {
  /// Flat, about insider trading. The hours cannot be, the profit is not what the prices say, and the trade is on a Saturday.
  static let flat = """
    <?xml version="1.0" encoding="UTF-8"?>
    <SMARTSAlert>
      <AlertID>SB-0001</AlertID>
      <AlertType>Pre-Announcement Trading</AlertType>
      <RuleViolated>MAR-03-001</RuleViolated>
      <GeneratedTimestamp>2026-03-08T10:30:00Z</GeneratedTimestamp>
      <Trader>
        <TraderID>T-100</TraderID>
        <Name>Ada Kern</Name>
        <Department>Settlements</Department>
      </Trader>
      <SuspiciousActivity>
        <Symbol>BRIX</Symbol>
        <TradeDate>2026-03-07</TradeDate>
        <Side>BUY</Side>
        <Quantity>50,000</Quantity>
        <Price>$101.50</Price>
        <TotalValue>5,075,000</TotalValue>
      </SuspiciousActivity>
      <AnomalyIndicators>
        <AnomalyScore>87</AnomalyScore>
        <ConfidenceLevel>HIGH</ConfidenceLevel>
        <TemporalProximity>36 hours before M&amp;A announcement</TemporalProximity>
        <EstimatedProfit>675000</EstimatedProfit>
      </AnomalyIndicators>
      <RelatedEvent>
        <EventType>M&amp;A Announcement</EventType>
        <EventDate>2026-03-08</EventDate>
        <EventDescription>Brixton bought for 150 a share</EventDescription>
      </RelatedEvent>
    </SMARTSAlert>
    """

  /// About wash trades in layers: every leg is a sale, and the buyer stands there as counterparty alone.
  static let layered = """
    <?xml version="1.0"?>
    <SmartsAlert>
      <AlertMetadata>
        <AlertID>SB-0002</AlertID>
        <AlertType>WashTrade</AlertType>
        <RuleViolated>WT-002</RuleViolated>
        <GeneratedTimestamp>2026-03-02T11:05:00Z</GeneratedTimestamp>
        <Severity>CRITICAL</Severity>
        <PatternType>LayeredWashTrade</PatternType>
      </AlertMetadata>
      <FlaggedTrades>
        <Trade sequence="1">
          <AccountID>A-300</AccountID><AccountName>Heron Holdings</AccountName>
          <TradeDate>2026-03-02</TradeDate><TradeTime>11:00:00.000</TradeTime>
          <Symbol>OPAL</Symbol><Side>SELL</Side><Quantity>15000</Quantity><Price>85.00</Price>
          <TotalValue>1275000.00</TotalValue><CounterpartyAccount>A-301</CounterpartyAccount><OrderID>O-1</OrderID>
        </Trade>
        <Trade sequence="2">
          <AccountID>A-301</AccountID><AccountName>Finch Trading</AccountName>
          <TradeDate>2026-03-02</TradeDate><TradeTime>11:00:05.250</TradeTime>
          <Symbol>OPAL</Symbol><Side>SELL</Side><Quantity>15000</Quantity><Price>85.00</Price>
          <TotalValue>1275000.00</TotalValue><CounterpartyAccount>A-302</CounterpartyAccount><OrderID>O-2</OrderID>
        </Trade>
        <Trade sequence="3">
          <AccountID>A-302</AccountID><AccountName>Plover Invest</AccountName>
          <TradeDate>2026-03-02</TradeDate><TradeTime>11:00:10.000</TradeTime>
          <Symbol>OPAL</Symbol><Side>SELL</Side><Quantity>15000</Quantity><Price>85.00</Price>
          <TotalValue>1275000.00</TotalValue><CounterpartyAccount>A-300</CounterpartyAccount><OrderID>O-3</OrderID>
        </Trade>
      </FlaggedTrades>
      <CircularPatternAnalysis>
        <FlowPattern>A-300 -> A-301 -> A-302 -> A-300</FlowPattern>
        <TotalCycleTime>10 seconds</TotalCycleTime>
      </CircularPatternAnalysis>
      <WashTradeIndicators>
        <TimeDelta>5 seconds between each leg</TimeDelta>
        <SamePrice>true</SamePrice>
        <VolumeImpact>68.2%</VolumeImpact>
        <DailyVolume>66000</DailyVolume>
      </WashTradeIndicators>
      <BeneficialOwnership><ControllingOwner><OwnerID>B-700</OwnerID></ControllingOwner></BeneficialOwnership>
      <HistoricalPatterns>
        <Trade><Symbol>OPAL</Symbol><TradeDate>2026-02-02</TradeDate><Quantity>1</Quantity></Trade>
      </HistoricalPatterns>
    </SmartsAlert>
    """

  /// The rest of the wash form: a market maker, spouses, the market as counterparty.
  static let disclosed = """
    <s:SmartsAlert xmlns:s="urn:smarts">
      <s:AlertMetadata><s:AlertID>SB-0003</s:AlertID><s:AlertType>WashTrade</s:AlertType></s:AlertMetadata>
      <s:FlaggedTrades>
        <s:Trade sequence="2">
          <s:AccountID>A-201</s:AccountID><s:AccountType>MarketMaker</s:AccountType>
          <s:TradingBookType>HedgeBook</s:TradingBookType>
          <s:TradeDate>2026-03-02</s:TradeDate><s:TradeTime>10:15:02.500</s:TradeTime>
          <s:Symbol>OPAL</s:Symbol><s:Side>sell</s:Side><s:Quantity>5000</s:Quantity><s:Price>250.05</s:Price>
          <s:CounterpartyAccount>MARKET</s:CounterpartyAccount>
        </s:Trade>
        <s:Trade sequence="1">
          <s:AccountID>A-200</s:AccountID>
          <s:TradeDate>2026-03-02</s:TradeDate><s:TradeTime>10:15:00</s:TradeTime>
          <s:Symbol>OPAL</s:Symbol><s:Side>BUY</s:Side><s:Quantity>5000</s:Quantity><s:Price>250.00</s:Price>
          <s:CounterpartyAccount>A-201</s:CounterpartyAccount>
        </s:Trade>
      </s:FlaggedTrades>
      <s:RelationshipDetails>
        <s:Relationship>Spousal</s:Relationship>
        <s:Account1Holder>Ida Moor</s:Account1Holder><s:Account2Holder>Jon Moor</s:Account2Holder>
        <s:SharedHousehold>true</s:SharedHousehold>
      </s:RelationshipDetails>
      <s:MarketMakerDisclosure>
        <s:LicenseNumber>MM-7</s:LicenseNumber><s:Regulator>MAS</s:Regulator>
        <s:DisclosureStatus>Current</s:DisclosureStatus>
        <s:DesignatedSecurities>OPAL, BRIX;TERN</s:DesignatedSecurities>
        <s:TradingBookSeparation>Yes</s:TradingBookSeparation>
        <s:ExemptionCategory>Licensed</s:ExemptionCategory>
      </s:MarketMakerDisclosure>
    </s:SmartsAlert>
    """

  /// The rich form: the rule is a tree, the symbol stands once above its orders.
  static let rich = """
    <Alert>
      <AlertID>SB-0004</AlertID>
      <AlertType>Insider Trading Detection</AlertType>
      <Severity>HIGH</Severity>
      <CreatedDateTime>2026-03-05T14:32:15Z</CreatedDateTime>
      <RuleViolated>
        <RuleName>Pre-Announcement Trading Anomaly</RuleName>
        <RuleCode>MAR-03-001</RuleCode>
        <Description>48 hours before material news</Description>
      </RuleViolated>
      <TradingActivity>
        <Symbol>TERN</Symbol>
        <Order>
          <OrderID>O-41</OrderID><Timestamp>2026-03-03T10:15:32Z</Timestamp>
          <TraderID>T-452</TraderID><TraderName>Ben Ash</TraderName><TraderTitle>VP - Operations</TraderTitle>
          <AccountType>Personal</AccountType>
          <Side>BUY</Side><Quantity>25000</Quantity><Price>45.32</Price><OrderValue>$1,133,000</OrderValue>
          <Venue>XSIG</Venue>
        </Order>
        <Order>
          <OrderID>O-42</OrderID><Timestamp>2026-03-04T09:42:05+01:00</Timestamp>
          <TraderID>T-452</TraderID><TraderName>Ben Ash</TraderName>
          <Side>BUY</Side><Quantity>35000</Quantity><Price>45.78</Price><OrderValue>1602300</OrderValue>
          <Venue>XSIG</Venue>
        </Order>
        <TotalVolume>60000</TotalVolume>
        <TotalValue>2735300</TotalValue>
        <HistoricalAverageDailyVolume>8500</HistoricalAverageDailyVolume>
        <AnomalyMultiplier>7.06</AnomalyMultiplier>
        <AnomalyPercentage>706%</AnomalyPercentage>
      </TradingActivity>
      <CorrelatedEvent>
        <EventType>Material Announcement</EventType>
        <AnnouncementDate>2026-03-05T08:30:00Z</AnnouncementDate>
        <TimeDifferenceHours>18</TimeDifferenceHours>
        <NewsHeadline>Tern buys a rival</NewsHeadline>
        <ImpactOnPrice>Up 12.5%</ImpactOnPrice>
      </CorrelatedEvent>
      <RelatedParties>
        <RelatedParty>
          <Name>Sue Ash</Name><Relationship>Spouse</Relationship><TraderID>T-673</TraderID><TradesPlaced>2</TradesPlaced>
        </RelatedParty>
      </RelatedParties>
      <RiskIndicators><ProfitabilityFromMove>$750,000</ProfitabilityFromMove></RiskIndicators>
      <CaseManagement><Status>Under Investigation</Status></CaseManagement>
    </Alert>
    """

  /// A group of traders and no order at all.
  static let group = """
    <Alert>
      <AlertID>SB-0005</AlertID>
      <AlertType>Insider Trading Detection</AlertType>
      <TradingActivity>
        <Symbol>GULL</Symbol>
        <TraderGroup>
          <Trader><TraderID>T-1</TraderID><TraderName>Pat Wren</TraderName><TraderTitle>CFO</TraderTitle>
            <Relationship>Primary Insider</Relationship><TotalVolume>40000</TotalVolume></Trader>
          <Trader><TraderID>T-2</TraderID><TraderName>Jim Wren</TraderName><Relationship>Son</Relationship>
            <TotalVolume>15000</TotalVolume></Trader>
        </TraderGroup>
        <CoordinationMetrics><TimingCorrelation>0.92</TimingCorrelation></CoordinationMetrics>
      </TradingActivity>
    </Alert>
    """

  /// Short, so that many of it can be read.
  static let small = """
    <?xml version="1.0"?><a:Alert xmlns:a="u"><AlertID>1</AlertID><AlertType>Wash</AlertType><!-- c -->
    <Trade sequence="1"><Symbol>A</Symbol><Side>BUY</Side><Quantity>5,000</Quantity><Price>$1.5</Price>
    <TradeDate>2026-03-02</TradeDate><TradeTime>10:00:00.5</TradeTime><Value>7500</Value></Trade>
    <RelatedEvent><EventDate>2026-03-03</EventDate></RelatedEvent><Note>a &amp; <![CDATA[b]]></Note></a:Alert>
    """

  static let many = "<SmartsAlerts><!-- two -->\n\(rich)\n\(group)\n</SmartsAlerts>"

  static let all = [flat, layered, disclosed, rich, group, small, many]
}
