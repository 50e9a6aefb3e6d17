/// The rows of the reference data, one type for each file. The names of the columns stand in the contracts of the files.
package struct TraderRow: Sendable, Equatable {
  package enum Access: String, Sendable, CaseIterable {
    case high = "HIGH", medium = "MEDIUM", low = "LOW", none = "NONE"
  }
  package enum Permission: String, Sendable, CaseIterable { case full, executionOnly = "execution_only", none }

  package var id: String
  package var name: String
  package var role: String
  package var department: String
  package var access: Access
  package var permission: Permission
  package var mandateSectors: [String]

  package init(
    id: String, name: String, role: String, department: String, access: Access, permission: Permission,
    mandateSectors: [String]
  ) {
    self.id = id
    self.name = name
    self.role = role
    self.department = department
    self.access = access
    self.permission = permission
    self.mandateSectors = mandateSectors
  }
}

package struct TradeRow: Sendable, Equatable {
  package var id: String
  package var time: Instant
  package var accountID: String
  package var traderID: String
  package var symbol: String
  package var side: Side
  package var quantity: Int
  package var price: Price
  /// The other account, where it is known; empty: the market.
  package var counterparty: String
  package var venue: String
  package var orderID: String
  package var strategyID: String
  package var isAuction: Bool

  package init(
    id: String, time: Instant, accountID: String, traderID: String, symbol: String, side: Side, quantity: Int,
    price: Price, counterparty: String = "", venue: String = "XSIG", orderID: String = "", strategyID: String = "",
    isAuction: Bool = false
  ) {
    self.id = id
    self.time = time
    self.accountID = accountID
    self.traderID = traderID
    self.symbol = symbol
    self.side = side
    self.quantity = quantity
    self.price = price
    self.counterparty = counterparty
    self.venue = venue
    self.orderID = orderID
    self.strategyID = strategyID
    self.isAuction = isAuction
  }
}

package struct InstrumentRow: Sendable, Equatable {
  package var symbol: String
  package var sector: String
  package var currency: String
  /// Average daily volume of 20 days.
  package var averageVolume: Int
  package var tick: Price
  /// Whose it is, for people; nil where that is not told.
  package var name: String?

  package init(
    symbol: String, sector: String, currency: String, averageVolume: Int, tick: Price, name: String? = nil
  ) {
    self.symbol = symbol
    self.sector = sector
    self.currency = currency
    self.averageVolume = averageVolume
    self.tick = tick
    self.name = name
  }
}

package struct PriceRow: Sendable, Equatable {
  package var symbol: String
  package var day: Day
  package var open: Price
  package var high: Price
  package var low: Price
  package var close: Price
  package var volume: Int

  package init(symbol: String, day: Day, open: Price, high: Price, low: Price, close: Price, volume: Int) {
    self.symbol = symbol
    self.day = day
    self.open = open
    self.high = high
    self.low = low
    self.close = close
    self.volume = volume
  }
}

package struct IndexRow: Sendable, Equatable {
  package var day: Day
  package var close: Price

  package init(day: Day, close: Price) {
    self.day = day
    self.close = close
  }
}

package struct NewsRow: Sendable, Equatable {
  package enum Category: String, Sendable, CaseIterable { case material, analyst, rumour, sector, none }

  package var time: Instant
  package var symbol: String
  package var source: String
  package var headline: String
  package var category: Category
  /// 1: good for the price, -1: bad, 0: neither.
  package var direction: Int
  package var isScheduled: Bool

  package init(
    time: Instant, symbol: String, source: String, headline: String, category: Category, direction: Int,
    isScheduled: Bool
  ) {
    self.time = time
    self.symbol = symbol
    self.source = source
    self.headline = headline
    self.category = category
    self.direction = direction
    self.isScheduled = isScheduled
  }
}

package struct AccountRow: Sendable, Equatable {
  package var id: String
  package var name: String
  /// Empty: not known.
  package var ownerID: String
  package var ownerName: String
  package var ownerType: String
  package var relationship: String
  /// Who decides for it, where that is known.
  package var controllerID: String
  package var desk: String

  package init(
    id: String, name: String, ownerID: String, ownerName: String, ownerType: String, relationship: String,
    controllerID: String, desk: String
  ) {
    self.id = id
    self.name = name
    self.ownerID = ownerID
    self.ownerName = ownerName
    self.ownerType = ownerType
    self.relationship = relationship
    self.controllerID = controllerID
    self.desk = desk
  }
}

package struct LinkRow: Sendable, Equatable {
  package enum Relation: String, Sendable, CaseIterable {
    case spouse, family, trust, corporate, nominee, employer, manager
  }

  /// Owners, traders or accounts.
  package var first: String
  package var second: String
  package var relation: Relation
  package var degree: Int

  package init(first: String, second: String, relation: Relation, degree: Int) {
    self.first = first
    self.second = second
    self.relation = relation
    self.degree = degree
  }
}

package struct InsiderRow: Sendable, Equatable {
  package enum Source: String, Sendable, CaseIterable { case insiderList = "insider_list", wallCross = "wall_cross" }

  package var traderID: String
  package var symbol: String
  package var from: Day
  package var to: Day
  package var source: Source

  package init(traderID: String, symbol: String, from: Day, to: Day, source: Source) {
    self.traderID = traderID
    self.symbol = symbol
    self.from = from
    self.to = to
    self.source = source
  }
}

package struct RestrictionRow: Sendable, Equatable {
  package enum List: String, Sendable, CaseIterable { case restricted, watch }

  package var symbol: String
  package var from: Day
  package var to: Day
  package var list: List

  package init(symbol: String, from: Day, to: Day, list: List) {
    self.symbol = symbol
    self.from = from
    self.to = to
    self.list = list
  }
}

package struct PlanRow: Sendable, Equatable {
  package enum Status: String, Sendable, CaseIterable { case active, terminated, expired }

  package var id: String
  package var traderID: String
  package var symbol: String
  package var side: Side
  package var adopted: Day
  package var firstTrade: Day
  package var maximumQuantity: Int
  package var status: Status

  package init(
    id: String, traderID: String, symbol: String, side: Side, adopted: Day, firstTrade: Day, maximumQuantity: Int,
    status: Status
  ) {
    self.id = id
    self.traderID = traderID
    self.symbol = symbol
    self.side = side
    self.adopted = adopted
    self.firstTrade = firstTrade
    self.maximumQuantity = maximumQuantity
    self.status = status
  }
}

package struct ExemptionRow: Sendable, Equatable {
  package enum Status: String, Sendable, CaseIterable { case current, lapsed, suspended, revoked }

  package var ownerID: String
  package var licence: String
  package var status: Status
  package var validTo: Day
  package var symbols: [String]
  /// The maker's book is kept apart from every other of its owner's.
  package var isSeparated: Bool

  package init(ownerID: String, licence: String, status: Status, validTo: Day, symbols: [String], isSeparated: Bool) {
    self.ownerID = ownerID
    self.licence = licence
    self.status = status
    self.validTo = validTo
    self.symbols = symbols
    self.isSeparated = isSeparated
  }
}

package struct InstructionRow: Sendable, Equatable {
  package enum Purpose: String, Sendable, CaseIterable { case rebalance, cross, hedge }
  package enum PriceBasis: String, Sendable, CaseIterable { case vwap = "VWAP", close, mid }

  package var id: String
  package var accountID: String
  package var symbol: String
  package var time: Instant
  package var purpose: Purpose
  package var priceBasis: PriceBasis

  package init(
    id: String, accountID: String, symbol: String, time: Instant, purpose: Purpose, priceBasis: PriceBasis
  ) {
    self.id = id
    self.accountID = accountID
    self.symbol = symbol
    self.time = time
    self.purpose = purpose
    self.priceBasis = priceBasis
  }
}
