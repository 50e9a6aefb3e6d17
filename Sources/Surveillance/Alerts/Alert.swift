/// An alert of a monitoring system, whatever its dialect was.
package struct Alert: Sendable, Equatable {
  package var id: String
  /// As the system calls it.
  package var type: String
  package var ruleCode: String?
  package var ruleName: String?
  package var severity: String?
  package var generatedAt: Instant?
  package var kinds: Set<AlertKind> = []
  package var trader: AlertTrader?
  package var trades: [AlertTrade] = []
  package var event: AlertEvent?
  package var relatedParties: [RelatedParty] = []
  package var exemption: ClaimedExemption?
  /// What the alert says of itself: scores, profits, patterns. It is compared with what is found, and never counted.
  package var claims: [Claim] = []
  /// What of it could not be used, and why: trades without a symbol, times that are none. Whole sentences.
  package var unusable: [String] = []

  package init(id: String, type: String) {
    self.id = id
    self.type = type
  }
}

package enum AlertKind: String, Sendable, Hashable, CaseIterable {
  case insiderTrading = "INSIDER_TRADING"
  case washTrade = "WASH_TRADE"
}

package struct AlertTrader: Sendable, Equatable {
  package var id: String
  package var name: String?
  package var department: String?
  package var title: String?

  package init(id: String, name: String? = nil, department: String? = nil, title: String? = nil) {
    self.id = id
    self.name = name
    self.department = department
    self.title = title
  }
}

package struct AlertTrade: Sendable, Equatable {
  /// Its place in the alert, from 1.
  package var sequence: Int
  package var orderID: String?
  package var accountID: String?
  package var accountName: String?
  package var accountType: String?
  package var book: String?
  package var traderID: String?
  package var time: Instant
  /// The alert gave the day alone; the time is that of noon.
  package var isTimeKnown: Bool
  package var symbol: String
  package var side: Side
  package var quantity: Int
  package var price: Price
  /// What the alert says it was worth.
  package var value: Money?
  /// Another account, or nil for the market.
  package var counterparty: String?
  package var venue: String?

  package init(
    sequence: Int, time: Instant, isTimeKnown: Bool = true, symbol: String, side: Side, quantity: Int, price: Price
  ) {
    self.sequence = sequence
    self.time = time
    self.isTimeKnown = isTimeKnown
    self.symbol = symbol
    self.side = side
    self.quantity = quantity
    self.price = price
  }
}

/// What the price moved for.
package struct AlertEvent: Sendable, Equatable {
  package var type: String?
  package var time: Instant
  package var isTimeKnown: Bool
  package var description: String?

  package init(type: String? = nil, time: Instant, isTimeKnown: Bool = true, description: String? = nil) {
    self.type = type
    self.time = time
    self.isTimeKnown = isTimeKnown
    self.description = description
  }
}

package struct RelatedParty: Sendable, Equatable {
  package var id: String
  package var name: String?
  package var relationship: String?

  package init(id: String, name: String? = nil, relationship: String? = nil) {
    self.id = id
    self.name = name
    self.relationship = relationship
  }
}

/// A market maker's exemption as the alert tells of it; the register says what is true.
package struct ClaimedExemption: Sendable, Equatable {
  package var licence: String?
  package var regulator: String?
  package var status: String?
  package var symbols: [String] = []
  package var separated: Bool?

  package init() {}
}

package struct Claim: Sendable, Equatable {
  /// The element's name.
  package var name: String
  package var text: String

  package init(name: String, text: String) {
    self.name = name
    self.text = text
  }
}
