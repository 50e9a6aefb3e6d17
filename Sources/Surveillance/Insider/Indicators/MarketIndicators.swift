/// I10 to I12, M4 and M5: the trade beside what everybody knew and did.
extension InsiderCase {
  var volume: Evidence? {
    guard let score = facts.market.volumeScore, let volume = facts.market.dayVolume else { return nil }
    return evidence(
      "I10", "Unusual volume", .suspicion, InsiderPolicy.volumePoints,
      Statistics.ramp(score, policy[InsiderPolicy.volumeFrom], policy[InsiderPolicy.volumeTo]), .marketData,
      [.init("volume", .integer(volume)), .init("score", .decimal(score, digits: 2))],
      """
      \(volume, from: .marketData) shares changed hands on the day, a score of \
      \(score, digits: 1, from: .marketData) against the days before.
      """)
  }

  var noPublicCause: Evidence? {
    guard facts.news.isCovered else { return nil }
    return evidence(
      "I11", "No public cause", .suspicion, InsiderPolicy.noCausePoints,
      1 - min(1, Double(facts.news.alignedCount) / policy[InsiderPolicy.noCauseNews]), .marketNews, newsInputs,
      facts.news.alignedCount == 0
        ? """
        Nothing that was published in the \(MarketNewsFacts.daysBefore, from: .marketNews) days before spoke for \
        the \(noun).
        """
        : newsStatement("only "))
  }

  var publicCause: Evidence? {
    guard facts.news.isCovered else { return nil }
    return evidence(
      "M4", "Public cause", .mitigation, InsiderPolicy.causePoints,
      min(1, Double(facts.news.alignedCount) / policy[InsiderPolicy.causeNews]), .marketNews, newsInputs,
      newsStatement(""))
  }

  var againstPeers: Evidence? {
    guard facts.peers.isCovered else { return nil }
    guard hasPeers, let share = facts.peers.share else {
      return evidence(
        "I12", "Traded alone", .suspicion, InsiderPolicy.againstPeersPoints, 1, .peerTrades, peerInputs,
        facts.peers.peers == 0
          ? "Nobody else took a position in \(position.symbol, from: .peerTrades) in the days before."
          : "\(peersPhrase) took a position in \(position.symbol, from: .peerTrades) in the days before.")
    }
    let below = policy[InsiderPolicy.againstPeersShare] - share
    return evidence(
      "I12", "Against others", .suspicion, InsiderPolicy.againstPeersPoints,
      Statistics.ramp(below, 0, policy[InsiderPolicy.againstPeersSpan]), .peerTrades, peerInputs, peerStatement)
  }

  var withPeers: Evidence? {
    guard facts.peers.isCovered, hasPeers, let share = facts.peers.share else { return nil }
    return evidence(
      "M5", "With others", .mitigation, InsiderPolicy.withPeersPoints,
      Statistics.ramp(share, policy[InsiderPolicy.withPeersFrom], policy[InsiderPolicy.withPeersTo]), .peerTrades,
      peerInputs, peerStatement)
  }

  private var newsInputs: [Evidence.Input] {
    [
      .init("items for the trade", .integer(facts.news.alignedCount)),
      .init("items against it", .integer(facts.news.opposedCount)),
    ]
  }

  private func newsStatement(_ only: String) -> CitedText {
    let count = facts.news.alignedCount
    return """
      In the \(MarketNewsFacts.daysBefore, from: .marketNews) days before, \(only)\(count, from: .marketNews) \
      \(count == 1 ? "news item" : "news items") spoke for the \(noun).
      """
  }

  private var peerInputs: [Evidence.Input] {
    [
      .init("others", .integer(facts.peers.peers)),
      .init("in the same direction", .integer(facts.peers.sameDirection)),
      .init("their net quantity", .integer(facts.peers.netQuantity)),
    ]
  }

  private var peersPhrase: CitedText {
    facts.peers.peers == 1
      ? "Only \(1, from: .peerTrades) other trader" : "Only \(facts.peers.peers, from: .peerTrades) other traders"
  }

  private var peerStatement: CitedText {
    """
    \(facts.peers.sameDirection, from: .peerTrades) of \(facts.peers.peers, from: .peerTrades) other traders took the \
    same direction in the days before.
    """
  }
}
