/// The part of the decision that only insider trading has, as sentences.
extension InsiderCase {
  var section: InsiderSection {
    var section = InsiderSection()
    section.typicalVolume = typicalVolume
    section.typicalSectors = typicalSectors
    section.typicalFrequency = typicalFrequency
    section.deviationAssessment = deviation
    section.newsTimeline = facts.news.timeline
    section.volatilityAssessment = volatility
    section.peerActivitySummary = peerActivity
    return section
  }

  private var typicalVolume: String {
    guard facts.history.isAvailable else { return "The trader's history could not be read." }
    guard let median = facts.history.medianQuantity else {
      return "The trader had made no trade in the \(TraderHistoryFacts.days) days before."
    }
    return "The median of \(facts.history.count) trades in the \(TraderHistoryFacts.days) days before was "
      + "\(Decimals.text(median, digits: 0)) shares."
  }

  private var typicalSectors: String {
    guard facts.history.isAvailable else { return "The trader's history could not be read." }
    guard !facts.history.sectors.isEmpty else { return "No sector is known that the trader traded before." }
    let shown = facts.history.sectors.prefix(3).map {
      "\($0.sector) (\(Digits.grouped($0.trades)) \($0.trades == 1 ? "trade" : "trades"))"
    }
    let rest = facts.history.sectors.count - shown.count
    let more = rest > 0 ? ", and \(rest) more" : ""
    return "The trader traded \(shown.joined(separator: ", "))\(more)."
  }

  private var typicalFrequency: String {
    guard facts.history.isAvailable else { return "The trader's history could not be read." }
    guard let days = facts.history.medianDaysBetween else {
      return "The trader traded on too few days before to speak of a frequency."
    }
    return "Half of the pauses between two days with trades were \(Decimals.text(days, digits: 1)) days or shorter."
  }

  private var deviation: String {
    var parts: [String] = []
    if let score = sizeScore, let multiple = facts.history.multiple(of: position.quantity) {
      parts.append(
        "The \(noun) was \(Decimals.text(multiple, digits: 1)) times the usual size (score "
          + "\(Decimals.text(score, digits: 1))).")
    } else {
      parts.append("How the size compares with the usual one is not known.")
    }
    switch isNewSymbol {
    case true?: parts.append("The trader had not traded \(position.symbol) before.")
    case false?:
      parts.append(
        "The trader had traded \(position.symbol) \(Digits.grouped(facts.history.symbolCount)) times before.")
    case nil: break
    }
    if isNewSector == true, let sector = facts.history.sector { parts.append("The sector \(sector) was new as well.") }
    return parts.joined(separator: " ")
  }

  private var volatility: String {
    var parts: [String] = []
    if let daily = facts.market.dailyVolatility {
      parts.append("Before the trade the price moved by \(Decimals.text(daily * 100, digits: 1)) % on a usual day.")
    } else {
      parts.append("How much the price usually moves is not known.")
    }
    if let abnormal = facts.market.abnormalReturn, let score = facts.market.abnormalReturnScore {
      parts.append(
        "The event's day moved it by \(Decimals.text(abnormal * 100, digits: 1)) % beyond what the index explains, "
          + "\(Decimals.text(score, digits: 1)) deviations.")
    }
    return parts.joined(separator: " ")
  }

  private var peerActivity: String {
    let peers = facts.peers
    guard peers.isCovered else { return "What others did in \(position.symbol) is not known." }
    guard peers.peers > 0 else {
      return "Nobody else took a position in \(position.symbol) in the \(PeerTradesFacts.daysBefore) days before."
    }
    let net = peers.netQuantity == 0 ? "balanced" : peers.netQuantity > 0 ? "net buyers" : "net sellers"
    return "\(peers.sameDirection) of \(peers.peers) other traders took the same direction; together they were \(net)"
      + (peers.netQuantity == 0 ? "." : " of \(Digits.grouped(abs(max(peers.netQuantity, -.max)))) shares.")
  }
}
