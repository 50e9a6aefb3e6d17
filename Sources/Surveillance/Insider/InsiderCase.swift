/// One alert with its facts, and what several indicators draw from them.
struct InsiderCase {
  let alert: Alert
  let position: FlaggedPosition
  let facts: InsiderFacts
  let policy: Policy

  var side: Side { position.side }
  /// What the trade was, for sentences.
  var noun: String { side == .buy ? "purchase" : "sale" }
  var capitalNoun: String { side == .buy ? "Purchase" : "Sale" }

  /// To stand behind an amount.
  var currency: String { facts.market.currency.isEmpty ? "" : " \(facts.market.currency)" }

  /// How the first trade lies to the event.
  enum Timing: Equatable {
    case noEvent
    case before(hours: Double)
    /// On one day, and of one of them only the day is known: the trade may have come first.
    case sameDay
    case after(hours: Double)
  }

  var timing: Timing {
    guard let event = facts.news.event else { return .noEvent }
    if !(event.isTimeKnown && position.isTimeKnown), event.time.day == position.day { return .sameDay }
    let hours = Double(event.time - position.firstTime) / Double(Instant.perHour)
    return hours > 0 ? .before(hours: hours) : .after(hours: -hours)
  }

  /// Nil where the trade cannot have run ahead of the event: I7, I8, I9 and M7, M8 then say nothing.
  var hoursToEvent: Double? {
    switch timing {
    case .noEvent, .after: nil
    case .before(let hours): hours
    case .sameDay: 0
    }
  }

  /// The abnormal return in the trade's favour: its own for a purchase, the opposite for a sale.
  var favourableReturn: Double? {
    guard hoursToEvent != nil, let abnormal = facts.market.abnormalReturn else { return nil }
    return abnormal * Double(side.sign)
  }

  /// Nil without enough trades to know the usual size.
  var sizeScore: Double? {
    guard facts.history.isAvailable, Double(facts.history.count) >= policy[InsiderPolicy.sizeTrades] else { return nil }
    return facts.history.sizeScore
  }

  var sizeStrength: Double {
    sizeScore.map {
      Statistics.ramp($0, policy[InsiderPolicy.sizeFrom], policy[InsiderPolicy.sizeTo])
    } ?? 0
  }

  /// Nil where no history can be read.
  var isNewSymbol: Bool? { facts.history.isAvailable ? facts.history.symbolCount == 0 : nil }
  /// Nil also where the sector is not known.
  var isNewSector: Bool? { facts.history.isAvailable ? facts.history.sectorCount.map { $0 == 0 } : nil }

  /// How far the trade was out of the ordinary: k of I7, I8 and I9.
  var intensity: Double {
    let ordinary = policy[InsiderPolicy.ordinaryIntensity]
    return ordinary + (1 - ordinary) * max(sizeStrength, isNewSymbol == true ? 1 : 0)
  }

  var hasPeers: Bool { Double(facts.peers.peers) >= policy[InsiderPolicy.peersNeeded] }

  var isOnInsiderList: Bool { !facts.profile.insiderEntries.isEmpty }

  /// Links close enough to count.
  var closeLinks: [RelatedPartiesFacts.LinkedParty] {
    facts.related.links.filter { Double($0.degree) <= policy[InsiderPolicy.linkDegree] }
  }

  /// Evidence, or nil where the indicator gives nothing.
  func evidence(
    _ indicator: String, _ title: String, _ side: Evidence.Side, _ points: PolicyKey, _ strength: Double,
    _ tool: ToolName, _ inputs: [Evidence.Input], _ statement: CitedText
  ) -> Evidence? {
    guard strength > 0 else { return nil }
    return Evidence(
      indicator, title, side, weight: policy[points], strength: min(strength, 1), tool: tool, inputs: inputs,
      statement: statement)
  }

  /// The part of an indicator's points that one of its cases gives.
  func share(_ part: PolicyKey, of whole: PolicyKey) -> Double {
    policy[whole] > 0 ? min(1, policy[part] / policy[whole]) : 0
  }
}
