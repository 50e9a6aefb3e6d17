/// A figure as data: whoever shows it draws it. The title states the finding.
package struct Figure: Sendable, Equatable {
  /// E1, E2, … in its assessment.
  package var id: String
  package var title: String
  /// What is to be seen, for those who cannot see it.
  package var description: String
  package var content: Content
  /// The indicators that it shows.
  package var indicators: [String]

  package init(id: String, title: String, description: String, indicators: [String], _ content: Content) {
    self.id = id
    self.title = title
    self.description = description
    self.content = content
    self.indicators = indicators
  }

  package enum Content: Sendable, Equatable {
    case priceWithFills(prices: [PricePoint], fills: [Fill], news: [NewsMark])
    /// One bar for each day, and which of them is the flagged one.
    case dailyNotional(days: [DayAmount], flagged: Day, median: Money)
    case pairedTrades([Pair])
    case netPosition([PositionPoint])
    case accountLinks(nodes: [LinkNode], edges: [LinkEdge])
  }

  package struct PricePoint: Sendable, Equatable {
    package var day: Day
    package var close: Price
    package init(day: Day, close: Price) {
      self.day = day
      self.close = close
    }
  }

  package struct Fill: Sendable, Equatable {
    package var time: Instant
    package var side: Side
    package var quantity: Int
    package var price: Price
    package init(time: Instant, side: Side, quantity: Int, price: Price) {
      self.time = time
      self.side = side
      self.quantity = quantity
      self.price = price
    }
  }

  package struct NewsMark: Sendable, Equatable {
    package var time: Instant
    package var headline: String
    package init(time: Instant, headline: String) {
      self.time = time
      self.headline = headline
    }
  }

  package struct DayAmount: Sendable, Equatable {
    package var day: Day
    package var amount: Money
    package init(day: Day, amount: Money) {
      self.day = day
      self.amount = amount
    }
  }

  package struct Pair: Sendable, Equatable {
    package var buy: Leg
    package var sell: Leg
    /// In hundredths of a percent of the price.
    package var priceGap: Double
    package var milliseconds: Int
    package init(buy: Leg, sell: Leg, priceGap: Double, milliseconds: Int) {
      self.buy = buy
      self.sell = sell
      self.priceGap = priceGap
      self.milliseconds = milliseconds
    }
  }

  package struct Leg: Sendable, Equatable {
    package var time: Instant
    package var account: String
    package var quantity: Int
    package var price: Price
    package init(time: Instant, account: String, quantity: Int, price: Price) {
      self.time = time
      self.account = account
      self.quantity = quantity
      self.price = price
    }
  }

  package struct PositionPoint: Sendable, Equatable {
    package var time: Instant
    package var position: Int
    package init(time: Instant, position: Int) {
      self.time = time
      self.position = position
    }
  }

  /// At most 12 of them, in layers from left to right.
  package struct LinkNode: Sendable, Equatable {
    package var id: String
    package var label: String
    package var layer: Int
    package var isFlagged: Bool
    package init(id: String, label: String, layer: Int, isFlagged: Bool) {
      self.id = id
      self.label = label
      self.layer = layer
      self.isFlagged = isFlagged
    }
  }

  package struct LinkEdge: Sendable, Equatable {
    package var from: String
    package var to: String
    package var label: String
    package init(from: String, to: String, label: String) {
      self.from = from
      self.to = to
      self.label = label
    }
  }
}
