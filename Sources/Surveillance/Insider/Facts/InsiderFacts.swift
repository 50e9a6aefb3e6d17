/// What all tools found out about an alert of insider trading.
package struct InsiderFacts: Sendable, Equatable {
  package var market: MarketFacts
  package var profile: TraderProfileFacts
  package var history: TraderHistoryFacts
  package var news: MarketNewsFacts
  package var peers: PeerTradesFacts
  package var related: RelatedPartiesFacts

  package init(
    market: MarketFacts, profile: TraderProfileFacts, history: TraderHistoryFacts, news: MarketNewsFacts,
    peers: PeerTradesFacts, related: RelatedPartiesFacts
  ) {
    self.market = market
    self.profile = profile
    self.history = history
    self.news = news
    self.peers = peers
    self.related = related
  }
}
