/// The figures that assessments of insider trading turn on, in the order of the indicators.
package enum InsiderPolicy {
  static let permissionPoints = PolicyKey("insider.I1.points", 30, "Points for a trader who may not trade at all.")
  static let restrictedPoints = PolicyKey("insider.I2.points", 25, "Points for an instrument on the restricted list.")
  static let watchPoints = PolicyKey("insider.I2.watch", 8, "Points for an instrument on the watch list.")
  static let insiderPoints = PolicyKey(
    "insider.I3.points", 30, "Points for a trader on the insider list or brought over the wall.")
  static let linkedPoints = PolicyKey("insider.I3.linked", 15, "Points for a trader linked to such a person.")
  static let accessPoints = PolicyKey("insider.I3.access", 8, "Points for high or medium access to inside information.")
  static let lowAccessPoints = PolicyKey("insider.I3.low", 2, "Points for low access.")
  static let linkDegree = PolicyKey(
    "insider.I3.degree", 2, in: 1...10, "Links of this degree or closer count, here and for I13.")
  static let sizePoints = PolicyKey("insider.I4.points", 15, "Points for an unusual size.")
  static let sizeFrom = PolicyKey("insider.I4.from", 2, in: 0...5, "The size score at which points begin.")
  static let sizeTo = PolicyKey("insider.I4.to", 6, in: 5.1...100, "The size score that gives all points.")
  static let sizeTrades = PolicyKey(
    "insider.I4.trades", 5, in: 1...1_000, "With fewer trades in the year a usual size is not known.")
  static let newSymbolPoints = PolicyKey(
    "insider.I5.points", 10, "Points for an instrument that the trader had not traded in the year.")
  static let newSectorPoints = PolicyKey(
    "insider.I6.points", 10, "Points for a sector that the trader had not traded in the year.")
  static let timingPoints = PolicyKey("insider.I7.points", 12, "Points for a trade shortly before the event.")
  static let timingFrom = PolicyKey(
    "insider.I7.from", 24, in: 0...100, "Hours before the event up to which all points are given.")
  static let timingTo = PolicyKey(
    "insider.I7.to", 240, in: 100.1...10_000, "Hours before the event from which none are given.")
  static let ordinaryIntensity = PolicyKey(
    "insider.intensity.ordinary", 0.5, in: 0...1,
    "The share of I7, I8 and I9 that a trade of usual size in a known instrument gets.")
  static let eventPoints = PolicyKey(
    "insider.I8.points", 10, "Points for an event that moved the price in the trade's favour.")
  static let eventFrom = PolicyKey(
    "insider.I8.from", 2, in: 0...5, "The abnormal return's score at which points begin.")
  static let eventTo = PolicyKey(
    "insider.I8.to", 6, in: 5.1...100, "The abnormal return's score that gives all points.")
  static let gainPoints = PolicyKey("insider.I9.points", 10, "Points for the gain or the avoided loss.")
  static let gainAmount = PolicyKey(
    "insider.I9.amount", 250_000, in: 1...1_000_000_000_000,
    "The amount, in the instrument's currency, that gives all points.")
  static let volumePoints = PolicyKey("insider.I10.points", 5, "Points for an unusual volume on the day.")
  static let volumeFrom = PolicyKey("insider.I10.from", 2, in: 0...5, "The volume score at which points begin.")
  static let volumeTo = PolicyKey("insider.I10.to", 6, in: 5.1...100, "The volume score that gives all points.")
  static let noCausePoints = PolicyKey("insider.I11.points", 12, "Points for a trade without public cause.")
  static let noCauseNews = PolicyKey("insider.I11.news", 3, in: 1...100, "So many news items that fit leave no points.")
  static let againstPeersPoints = PolicyKey("insider.I12.points", 8, "Points for a trade against or without others.")
  static let againstPeersShare = PolicyKey(
    "insider.I12.share", 0.5, in: 0...1, "The share of others in the same direction below which points begin.")
  static let againstPeersSpan = PolicyKey(
    "insider.I12.span", 0.4, in: 0.01...1, "So far below that share all points are given.")
  static let peersNeeded = PolicyKey(
    "insider.I12.peers", 3, in: 1...1_000, "With fewer others the trade stands alone; here and for M5.")
  static let coordinationPoints = PolicyKey("insider.I13.points", 15, "Points for linked parties that traded alike.")
  static let patternPoints = PolicyKey("insider.M1.points", 20, "Points for earlier trades in the instrument.")
  static let patternTrades = PolicyKey("insider.M1.trades", 6, in: 1...1_000, "So many give all points.")
  static let programmePoints = PolicyKey("insider.M2.points", 20, "Points for a regular programme.")
  static let programmeTrades = PolicyKey(
    "insider.M2.trades", 6, in: 2...1_000, "A programme has at least so many trades on its side.")
  static let programmeVariation = PolicyKey(
    "insider.M2.variation", 0.6, in: 0...10, "The variation of its intervals stays below this.")
  static let programmeRatio = PolicyKey(
    "insider.M2.ratio", 1.5, in: 0...100, "The flagged size is at most so many times its usual one.")
  static let usualSizePoints = PolicyKey("insider.M3.points", 15, "Points for a usual size.")
  static let usualSizeScore = PolicyKey("insider.M3.score", 2, in: 0...100, "The size score that leaves no points.")
  static let causePoints = PolicyKey("insider.M4.points", 20, "Points for public news that speak for the trade.")
  static let causeNews = PolicyKey("insider.M4.news", 3, in: 1...100, "So many news items give all points.")
  static let withPeersPoints = PolicyKey("insider.M5.points", 15, "Points for a trade in the direction of others.")
  static let withPeersFrom = PolicyKey(
    "insider.M5.from", 0.5, in: 0...0.69, "The share of others at which points begin.")
  static let withPeersTo = PolicyKey("insider.M5.to", 0.9, in: 0.7...1, "The share of others that gives all points.")
  static let rolePoints = PolicyKey(
    "insider.M6.points", 15, "Points for a portfolio manager whose mandate has the sector.")
  static let analystPoints = PolicyKey("insider.M6.analyst", 5, "Points for an analyst.")
  static let scheduledPoints = PolicyKey("insider.M7.points", 5, "Points for an event that was publicly scheduled.")
  static let wrongWayPoints = PolicyKey("insider.M8.points", 25, "Points for a trade that the event went against.")
  static let planPoints = PolicyKey(
    "insider.M9.points", 60, "Points for a plan that was arranged beforehand and covers the trade.")
  static let planOfficerDays = PolicyKey(
    "insider.M9.officerDays", 90, in: 0...1_000, "Days between an officer's or director's plan and a trade under it.")
  static let planOtherDays = PolicyKey("insider.M9.otherDays", 30, in: 0...1_000, "The same for everybody else.")
  static let planFactor = PolicyKey(
    "insider.M9.factor", 0.25, in: 0...1, "What such a plan leaves of I3, I7, I8, I9, I11 and I12.")

  static let all: [PolicyKey] = [
    permissionPoints, restrictedPoints, watchPoints, insiderPoints, linkedPoints, accessPoints, lowAccessPoints,
    linkDegree, sizePoints, sizeFrom, sizeTo, sizeTrades, newSymbolPoints, newSectorPoints, timingPoints, timingFrom,
    timingTo, ordinaryIntensity, eventPoints, eventFrom, eventTo, gainPoints, gainAmount, volumePoints, volumeFrom,
    volumeTo, noCausePoints, noCauseNews, againstPeersPoints, againstPeersShare, againstPeersSpan, peersNeeded,
    coordinationPoints, patternPoints, patternTrades, programmePoints, programmeTrades, programmeVariation,
    programmeRatio, usualSizePoints, usualSizeScore, causePoints, causeNews, withPeersPoints, withPeersFrom,
    withPeersTo, rolePoints, analystPoints, scheduledPoints, wrongWayPoints, planPoints, planOfficerDays,
    planOtherDays, planFactor,
  ]
}

extension PolicyKey {
  package static let insider = InsiderPolicy.all
}
