/// What others did in the instrument in the 14 days before the trade and on its day, up to the event.
package struct PeerTradesFacts: Sendable, Equatable {
  package static let daysBefore = 14

  /// False: no trades of those days are on file, so that silence says nothing. An instrument that is not on file is no reason: who
  /// traded what is known without it.
  package var isCovered = true
  package var trades = 0
  /// Traders whose purchases and sales did not cancel out, the flagged one left out.
  package var peers = 0
  package var sameDirection = 0
  /// What all of them bought beyond what they sold.
  package var netQuantity = 0

  package init() {}

  /// Of the peers, those who traded in the flagged direction; nil without peers.
  package var share: Double? { peers > 0 ? Double(sameDirection) / Double(peers) : nil }
}
