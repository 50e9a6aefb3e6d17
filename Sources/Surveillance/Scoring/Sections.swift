/// What only decisions about insider trading have.
package struct InsiderSection: Sendable, Equatable {
  package var typicalVolume = ""
  package var typicalSectors = ""
  package var typicalFrequency = ""
  package var deviationAssessment = ""
  package var newsTimeline: [NewsRow] = []
  package var volatilityAssessment = ""
  package var peerActivitySummary = ""

  package init() {}
}

/// What only decisions about wash trades have.
package struct WashSection: Sendable, Equatable {
  package enum Pattern: String, Sendable {
    case direct = "DIRECT_WASH"
    case layered = "LAYERED_WASH"
    case intermediary = "INTERMEDIARY_WASH"
    case none = "NO_PATTERN"
  }
  package enum EdgeType: String, Sendable { case trade, ownership, beneficialOwner = "beneficial_owner" }
  package enum Trend: String, Sendable { case new, increasing, stable, decreasing }

  package struct Node: Sendable, Equatable {
    package var accountID: String
    package var ownerID: String
    package var ownerName: String
    package var relationship: String
    package var isFlagged: Bool

    package init(accountID: String, ownerID: String, ownerName: String, relationship: String, isFlagged: Bool) {
      self.accountID = accountID
      self.ownerID = ownerID
      self.ownerName = ownerName
      self.relationship = relationship
      self.isFlagged = isFlagged
    }
  }

  package struct Edge: Sendable, Equatable {
    package var from: String
    package var to: String
    package var type: EdgeType
    package var details: String
    package var isSuspicious: Bool

    package init(from: String, to: String, type: EdgeType, details: String, isSuspicious: Bool) {
      self.from = from
      self.to = to
      self.type = type
      self.details = details
      self.isSuspicious = isSuspicious
    }
  }

  package struct Leg: Sendable, Equatable {
    package var time: Instant
    package var seller: String
    package var buyer: String
    package var quantity: Int
    package var price: Price

    package init(time: Instant, seller: String, buyer: String, quantity: Int, price: Price) {
      self.time = time
      self.seller = seller
      self.buyer = buyer
      self.quantity = quantity
      self.price = price
    }
  }

  package var nodes: [Node] = []
  package var edges: [Edge] = []
  package var pattern = Pattern.none
  package var patternDescription = ""
  package var timeDeltaMilliseconds: Int?
  package var timingDescription = ""
  package var marketPhase = ""
  package var liquidity = ""
  package var isPrearranged = false
  /// From 0 to 100.
  package var prearrangementConfidence = 0
  package var tradeFlow: [Leg] = []
  package var isCircular = false
  package var isOffsetting = false
  package var hasSameOwner = false
  package var intermediaries: [String] = []
  package var counterpartyDescription = ""
  package var patternCount = 0
  package var historyDays = 30
  package var averageFrequency = ""
  package var trend = Trend.new
  package var historyDescription = ""
  package var volumeImpactPercent = 0.0
  package var hasEconomicPurpose = false

  package init() {}
}
