/// What should have been known and was not.
///
/// A source that is missing is a gap for all its indicators; history, prices and profile are mandatory. A history that is there and
/// has no rows is no missing source: it is evidence (I5, I6), and a gap for the usual size alone.
extension InsiderCase {
  var gaps: [DataGap] {
    [
      profileGap, historyGap, pricesGap, instrumentGap, eventGap, orderGap, volumeGap, peersGap,
      otherInstrumentsGap,
    ].compactMap(\.self)
  }

  private var profileGap: DataGap? {
    guard facts.profile.trader == nil else { return nil }
    let who =
      facts.profile.traderID.map { "The register does not know the trader \($0)" } ?? "The alert names no trader"
    return DataGap(
      "profile", "\(who), so that permission, access, role and plans are not known (I1, I3, M6, M9).", isMandatory: true
    )
  }

  private var historyGap: DataGap? {
    let history = facts.history
    if !history.isAvailable {
      return DataGap(
        "history",
        "The trader's trades of the year before could not be read, so that size, instruments, sectors and programmes "
          + "are not known (I4, I5, I6, M1, M2, M3).", isMandatory: true)
    }
    guard sizeScore == nil else { return nil }
    let trades = history.count == 0 ? "no trade" : history.count == 1 ? "one trade" : "only \(history.count) trades"
    return DataGap(
      "size baseline",
      "The trader's history has \(trades) in the year before: too little to know a usual size (I4, M3).",
      isMandatory: false)
  }

  private var pricesGap: DataGap? {
    if facts.market.prices.isEmpty {
      return DataGap(
        "prices",
        "There are no prices of \(position.symbol) around the trade, so that the event's move, the gain and the volume "
          + "are not known (I8, I9, I10, M8).", isMandatory: true)
    }
    guard hoursToEvent != nil, facts.market.abnormalReturn == nil else { return nil }
    return DataGap(
      "prices",
      "The prices of \(position.symbol) or of the index do not reach the event's day, so that the event's move and "
        + "the gain are not known (I8, I9, M8).", isMandatory: true)
  }

  private var instrumentGap: DataGap? {
    guard facts.profile.sector == nil else { return nil }
    var unknown = ["its sector (I6, M6)"]
    if !facts.profile.listsCoverSymbol { unknown.append("its lists (I2)") }
    if !facts.news.isCovered { unknown.append("its news (I11, M4)") }
    return DataGap(
      "instrument \(position.symbol)",
      "The instrument \(position.symbol) is not on file; not known: \(unknown.joined(separator: ", ")).",
      isMandatory: false)
  }

  private var eventGap: DataGap? {
    guard facts.news.event == nil else { return nil }
    return DataGap(
      "event",
      "The alert names no event, and no material news came in the \(MarketEvent.searchDays) days behind the trade, so "
        + "that there is nothing the trade could have run ahead of (I7, I8, I9, M7, M8).", isMandatory: false)
  }

  private var orderGap: DataGap? {
    guard timing == .sameDay else { return nil }
    return DataGap(
      "event time",
      "The trade and the event are of one day, and the time of one is not known: which came first is open (I7).",
      isMandatory: false)
  }

  private var peersGap: DataGap? {
    guard !facts.peers.isCovered else { return nil }
    return DataGap(
      "peers", "No trades of the days before are on file, so that what others did is not known (I12, M5).",
      isMandatory: false)
  }

  private var volumeGap: DataGap? {
    guard !facts.market.prices.isEmpty, facts.market.volumeScore == nil else { return nil }
    let why =
      facts.market.dayVolume == nil
      ? "no volume is on file for \(position.day), which may have been no trading day"
      : "too few days before it are on file"
    return DataGap("volume", "Whether the day's volume was unusual is not known: \(why) (I10).", isMandatory: false)
  }

  private var otherInstrumentsGap: DataGap? {
    guard position.otherTrades > 0 else { return nil }
    return DataGap(
      "other instruments",
      "The alert also holds \(position.otherTrades) \(position.otherTrades == 1 ? "trade" : "trades") in other "
        + "instruments than \(position.symbol), which were not looked into.", isMandatory: false)
  }
}
