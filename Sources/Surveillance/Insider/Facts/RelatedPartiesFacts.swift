/// Who the trader is linked to, and what they did in the 48 hours on either side of the flagged trades.
package struct RelatedPartiesFacts: Sendable, Equatable {
  package static let hours = 48

  package var links: [LinkedParty] = []
  /// By time.
  package var coordinated: [CoordinatedTrade] = []
  /// Parties that the alert names as related and that no register links to the trader; by id.
  package var unconfirmed: [String] = []

  package init() {}

  package struct LinkedParty: Sendable, Equatable {
    package var id: String
    package var relation: LinkRow.Relation
    package var degree: Int
    /// On the instrument's insider list, or brought over the wall, on a day of the flagged trades.
    package var isInsider: Bool

    package init(id: String, relation: LinkRow.Relation, degree: Int, isInsider: Bool) {
      self.id = id
      self.relation = relation
      self.degree = degree
      self.isInsider = isInsider
    }
  }

  /// A linked party's trade in the same instrument and direction.
  package struct CoordinatedTrade: Sendable, Equatable {
    package var id: String
    package var party: String
    package var degree: Int
    package var time: Instant
    package var quantity: Int
    package var price: Price

    package init(id: String, party: String, degree: Int, time: Instant, quantity: Int, price: Price) {
      self.id = id
      self.party = party
      self.degree = degree
      self.time = time
      self.quantity = quantity
      self.price = price
    }
  }
}
