import JSON

extension Decision {
  /// A draft of a report of a suspicious transaction in the six blocks of the EU's and the UK's template. Only for an alert that is to be
  /// escalated: nothing else is a suspicion.
  package var suspicionReport: [UInt8]? {
    guard judgement.determination == .escalate else { return nil }
    var writer = JSONWriter(reserving: 8_192)
    writer.object { object in
      object.member("report_id", "\(context.id)-stor")
      object.member("status", "DRAFT")
      object.member("notice", "This is a draft for the person who decides whether to report. \(Self.notice)")
      object.object("submitter") { writeSubmitter(&$0) }
      object.object("transaction") { writeTransaction(&$0) }
      object.object("nature_of_suspicion") { writeSuspicion(&$0) }
      object.object("person") { writePerson(&$0) }
      object.object("additional_information") { writeAdditions(&$0) }
      object.object("documents") { writeDocuments(&$0) }
    }
    return writer.bytes
  }

  private func writeSubmitter(_ object: inout JSONWriter) {
    object.member("firm", context.submitter.firm)
    object.member("person", context.submitter.person)
    object.member("contact", context.submitter.contact)
    object.member("prepared_at", context.at)
  }

  private func writeTransaction(_ object: inout JSONWriter) {
    object.member("symbols", alert.symbols)
    object.array("trades") { list in
      for trade in alert.trades {
        list.object {
          $0.member("sequence", trade.sequence)
          $0.member("order_id", ifPresent: trade.orderID)
          $0.member("account_id", ifPresent: trade.accountID)
          $0.member("time", trade.isTimeKnown ? trade.time.description : trade.time.day.description)
          $0.member("symbol", trade.symbol)
          $0.member("side", trade.side.rawValue)
          $0.member("quantity", trade.quantity)
          $0.member("price", trade.price)
          $0.member("counterparty", ifPresent: trade.counterparty)
          $0.member("venue", ifPresent: trade.venue)
        }
      }
    }
  }

  private func writeSuspicion(_ object: inout JSONWriter) {
    object.member("type", judgement.assessment.kind.rawValue)
    object.member("description", reasoning)
    object.member("reasons", findings.key)
    object.member("provisions", regulatoryFlags)
    object.member("genuine_alert_confidence", judgement.opinion.genuine)
  }

  private func writePerson(_ object: inout JSONWriter) {
    object.key("trader")
    if let trader = alert.trader {
      object.object {
        $0.member("id", trader.id)
        $0.member("name", ifPresent: trader.name)
        $0.member("department", ifPresent: trader.department)
        $0.member("title", ifPresent: trader.title)
      }
    } else {
      object.null()
    }
    object.member("accounts", alert.accounts)
    object.array("related_parties") { list in
      for party in alert.relatedParties {
        list.object {
          $0.member("id", party.id)
          $0.member("name", ifPresent: party.name)
          $0.member("relationship", ifPresent: party.relationship)
        }
      }
    }
  }

  private func writeAdditions(_ object: inout JSONWriter) {
    object.member("favorable_indicators", findings.favorable)
    object.member("risk_mitigating_factors", findings.mitigating)
    object.member("data_gaps", judgement.gaps.map(\.statement))
    object.member("mismatches", findings.mismatches)
    writeHumanInput(&object)
  }

  private func writeDocuments(_ object: inout JSONWriter) {
    object.member("alert_id", alert.id)
    object.member("decision_id", context.id)
    object.member("policy_version", judgement.policy.version)
    object.member("figures", judgement.assessment.figures.map { "\($0.id): \($0.title)" })
    object.array("tool_calls") { list in
      for tool in ToolName.allCases {
        guard let call = context.toolCalls[tool] else { continue }
        list.object {
          $0.member("tool", tool.rawValue)
          $0.member("tool_call_id", call)
        }
      }
    }
  }
}

extension Alert {
  /// In the order in which they come first.
  var symbols: [String] { Self.distinct(trades.map(\.symbol)) }
  var accounts: [String] { Self.distinct(trades.flatMap { [$0.accountID, $0.counterparty].compactMap(\.self) }) }

  private static func distinct(_ names: [String]) -> [String] {
    var seen: Set<String> = []
    return names.filter { seen.insert($0).inserted }
  }
}
