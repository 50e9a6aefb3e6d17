extension AlertDraft {
  /// The flat form, of one trade: `SMARTSAlert`.
  ///
  /// - Parameter withTime: false: the trade's day alone.
  func flat(withTime: Bool = true) -> String {
    XMLWriter.document { xml in
      xml.inside("SMARTSAlert") { xml in
        xml.leaves([
          "AlertID": id, "AlertType": type, "RuleViolated": rule, "GeneratedTimestamp": Self.iso(generated),
        ])
        for trade in trades.prefix(1) {
          writeTrader(of: trade, &xml)
          xml.inside("SuspiciousActivity") { xml in
            xml.leaves([
              "Symbol": trade.symbol, "TradeDate": withTime ? Self.iso(trade.time) : "\(trade.time.day)",
              "Side": trade.side.rawValue, "Quantity": "\(trade.quantity)", "Price": Self.plain(trade.price),
              "TotalValue": Self.plain(Self.value(trade)),
            ])
          }
        }
        xml.inside("AnomalyIndicators") { $0.leaves(claims) }
        writeEvent("RelatedEvent", &xml)
      }
    }
  }

  /// The form of wash alerts, of several trades: `SmartsAlert`.
  ///
  /// - Parameters:
  ///   - sections: what else it has, such as a market maker's disclosure.
  ///   - salesOnly: the purchases show only as the counterparties of the sales.
  func sequenced(
    severity: String, market: KeyValuePairs<String, String>, salesOnly: Bool = false,
    sections: (inout XMLWriter) -> Void = { _ in }
  ) -> String {
    XMLWriter.document { xml in
      xml.inside("SmartsAlert") { xml in
        xml.inside("AlertMetadata") { xml in
          xml.leaves([
            "AlertID": id, "AlertType": type, "RuleViolated": rule, "GeneratedTimestamp": Self.iso(generated),
            "Severity": severity,
          ])
        }
        xml.inside("FlaggedTrades") { xml in
          let shown = trades.filter { !salesOnly || $0.side == .sell }
          for (place, trade) in shown.enumerated() { writeFlagged(trade, place + 1, &xml) }
        }
        xml.inside("WashTradeIndicators") { $0.leaves(claims) }
        sections(&xml)
        xml.inside("MarketContext") { $0.leaves(market) }
        xml.inside("RegulatoryFlags") { xml in
          xml.leaves(["Jurisdiction": "EU", "ApplicableRegulations": "MAR Article 12"])
        }
        writeEvent("RelatedEvent", &xml)
      }
    }
  }

  /// The rich form, with orders and amounts as people write them: `Alert`.
  func rich(_ ruleName: String, severity: String, sections: (inout XMLWriter) -> Void = { _ in }) -> String {
    XMLWriter.document { writeRich(ruleName, severity: severity, sections: sections, &$0) }
  }

  func writeRich(
    _ ruleName: String, severity: String, sections: (inout XMLWriter) -> Void = { _ in }, _ xml: inout XMLWriter
  ) {
    xml.inside("Alert") { xml in
      xml.leaves([
        "AlertID": id, "AlertType": type, "GeneratedTimestamp": Self.iso(generated), "Severity": severity,
      ])
      xml.inside("RuleViolated") { xml in
        xml.leaves(["RuleName": ruleName, "RuleCode": rule, "Description": "\(ruleName), found by the nightly run"])
      }
      xml.inside("Orders") { xml in for trade in trades { writeOrder(trade, &xml) } }
      writeEvent("CorrelatedEvent", &xml)
      sections(&xml)
      xml.inside("RiskIndicators") { $0.leaves(claims) }
      xml.inside("CaseManagement") { $0.leaves(["Status": "New", "Queue": "Market abuse"]) }
    }
  }

  private func writeTrader(of trade: TradeRow, _ xml: inout XMLWriter) {
    guard let trader = trader(of: trade) else { return }
    xml.inside("Trader") { xml in
      xml.leaves(["TraderID": trader.id, "Name": trader.name, "Department": trader.department])
    }
  }

  private func writeEvent(_ name: String, _ xml: inout XMLWriter) {
    guard let event else { return }
    xml.inside(name) { xml in
      xml.leaves([
        "EventType": event.type, "EventDate": Self.iso(event.time), "EventDescription": event.text,
      ])
    }
  }

  private func writeFlagged(_ trade: TradeRow, _ sequence: Int, _ xml: inout XMLWriter) {
    let account = account(of: trade)
    xml.inside("Trade", "sequence=\"\(sequence)\"") { xml in
      xml.leaves([
        "AccountID": trade.accountID, "AccountName": account?.name ?? "", "TradeDate": "\(trade.time.day)",
        "TradeTime": Self.clock(trade.time), "Symbol": trade.symbol, "Side": trade.side.rawValue,
        "Quantity": "\(trade.quantity)", "Price": Self.plain(trade.price),
        "TotalValue": Self.plain(Self.value(trade)),
        "CounterpartyAccount": trade.counterparty.isEmpty ? "MARKET" : trade.counterparty, "OrderID": trade.orderID,
        "TraderID": trade.traderID,
      ])
    }
  }

  private func writeOrder(_ trade: TradeRow, _ xml: inout XMLWriter) {
    let trader = trader(of: trade)
    xml.inside("Order") { xml in
      xml.leaves([
        "OrderID": trade.orderID, "TraderID": trade.traderID, "TraderName": trader?.name ?? "",
        "Department": trader?.department ?? "", "AccountID": trade.accountID, "Symbol": trade.symbol,
        "Side": trade.side.rawValue, "Quantity": Digits.grouped(trade.quantity),
        "Price": "$\(Self.plain(trade.price))", "TotalValue": "$\(Self.value(trade))",
        "TradeDate": "\(trade.time.day)", "TradeTime": Self.clock(trade.time),
      ])
      if !trade.counterparty.isEmpty { xml.leaf("CounterpartyAccount", trade.counterparty) }
      xml.leaf("Venue", trade.venue)
    }
  }
}
