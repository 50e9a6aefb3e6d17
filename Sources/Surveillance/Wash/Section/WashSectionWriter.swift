/// The part of a decision that only wash trades have.
struct WashSectionWriter {
  let picture: WashPicture
  private var facts: WashFacts { picture.facts }

  var section: WashSection {
    var section = WashSection()
    section.nodes = nodes
    section.edges = WashEdges(picture: picture).edges
    section.pattern = picture.pattern
    section.patternDescription = patternDescription
    section.timeDeltaMilliseconds = picture.milliseconds
    section.marketPhase = facts.market.phase
    section.liquidity = facts.market.liquidity
    let arrangement = facts.timing.isAuction ? picture.policy[WashKey.auction] : 1
    let agreement = facts.timing.agreement * picture.gate * arrangement
    section.isPrearranged = agreement >= picture.policy[WashSearchKey.prearranged]
    section.prearrangementConfidence = Int((100 * agreement).rounded(.toNearestOrAwayFromZero))
    section.timingDescription = timingDescription(section.isPrearranged)
    section.tradeFlow = facts.counterparties.flows.map {
      .init(time: $0.time, seller: $0.seller, buyer: $0.buyer, quantity: $0.quantity, price: $0.price)
    }
    section.isCircular = picture.structure == .cycle
    section.isOffsetting = (picture.offset ?? 0) >= picture.policy[WashKey.neutralTo]
    section.hasSameOwner = picture.link == .same || picture.link == .viaOther
    section.intermediaries = intermediaries
    section.counterpartyDescription = counterpartyDescription
    section.patternCount = picture.recurrences
    section.historyDays = facts.history.days
    section.averageFrequency = frequency
    section.trend = facts.history.trend
    section.historyDescription = historyDescription
    section.volumeImpactPercent = 100 * (picture.volumeShare ?? 0)
    section.hasEconomicPurpose = picture.instruction != nil
    return section
  }

  private var nodes: [WashSection.Node] {
    let rows = Dictionary(facts.relationships.accounts.map { ($0.id, $0) }) { first, _ in first }
    let flagged = Set(facts.timing.legs.filter(\.isFlagged).map(\.account))
    let inGroup = Set(facts.timing.legs.map(\.account)).union(facts.relationships.flagged)
    return inGroup.sorted().map { account in
      WashSection.Node(
        accountID: account, ownerID: picture.owners.ultimateOwner(of: account) ?? "",
        ownerName: picture.owners.ownerName(of: account), relationship: rows[account]?.relationship ?? "",
        isFlagged: flagged.contains(account))
    }
  }

  private var intermediaries: [String] {
    let between = picture.chains.flatMap { $0.accounts.dropFirst().dropLast() }
    let around = picture.pattern == .intermediary ? picture.cycles.flatMap(\.accounts) : []
    let outer = (between + around).filter { account in
      !picture.chains.contains { $0.accounts.first == account || $0.accounts.last == account }
        && !picture.cycles.contains { $0.accounts.first == account }
    }
    return Set(outer).sorted()
  }

  private var patternDescription: String {
    switch picture.pattern {
    case .direct: "One owner stands on both sides of the trades."
    case .layered: "The shares went round among accounts of one owner."
    case .intermediary: "The shares came back to their first owner through others."
    case .none:
      switch picture.link {
      case .none: "No buy stands opposite a sell."
      case .unknown: "Who stands on both sides of the trades is not known."
      case .unrelated: "The owners of the two sides differ, and no link between them is known."
      case .manager: "The owners of the two sides differ; they have a manager in common."
      case .related: "The owners of the two sides are related, and are not one."
      case .viaOther, .same: "The trades show no pattern."
      }
    }
  }

  private func timingDescription(_ isPrearranged: Bool) -> String {
    guard let milliseconds = picture.milliseconds else { return "The time between the trades is not known." }
    let place = facts.timing.isAuction ? ", in an auction" : ""
    let looks =
      isPrearranged
      ? "in time, price and quantity they look arranged beforehand" : "they do not look arranged beforehand"
    return "The trades lie \(WashWords.span(milliseconds)) apart\(place); \(looks)."
  }

  private var counterpartyDescription: String {
    let trades = WashWords.count(facts.counterparties.flows.count, "trade", "trades")
    let traded =
      picture.tradedWithEachOther
      ? "The accounts traded with each other in \(trades)."
      : "The accounts traded with the market, and not with each other."
    guard let offset = picture.offset else { return traded }
    let taken = Decimals.text(100 * offset, digits: 0)
    return traded + " \(taken)% of the position was taken back."
  }

  private var frequency: String {
    let count = picture.recurrences
    guard count > 0 else { return "none in \(facts.history.days) days" }
    let every = Decimals.text(Double(facts.history.days) / Double(count), digits: 1)
    return "\(WashWords.count(count, "group", "groups")) in \(facts.history.days) days, one in \(every) days"
  }

  private var historyDescription: String {
    let count = picture.recurrences
    let groups = WashWords.count(count, "similar group", "similar groups")
    var text =
      count == 0
      ? "Nothing like it was found in the \(facts.history.days) days before."
      : "\(groups) of trades \(count == 1 ? "was" : "were") found in the \(facts.history.days) days before."
    if facts.history.groupsOfLongWindow > count {
      text += " With a day between a buy and a sell, there are \(facts.history.groupsOfLongWindow)."
    }
    if let most = facts.history.selfMatches.filter({ $0.matched > 0 }).max(by: {
      ($0.rate, $1.account) < ($1.rate, $0.account)
    }) {
      text += " \(Decimals.text(100 * most.rate, digits: 0))% of what account \(most.account) traded met its own side."
    }
    if let inflation = facts.history.volumeInflation, inflation > 1 {
      text += " The accounts' volume was \(Decimals.text(inflation, digits: 2)) times what it was without them."
    }
    return text
  }
}

/// The lines of the relationship network.
struct WashEdges {
  let picture: WashPicture

  var edges: [WashSection.Edge] { trades + ownership + ties }

  private var trades: [WashSection.Edge] {
    picture.facts.counterparties.flows.map { flow in
      WashSection.Edge(
        from: flow.seller, to: flow.buyer, type: .trade,
        details: "\(Digits.grouped(flow.quantity)) at \(flow.price), \(flow.time)", isSuspicious: isSuspicious(flow))
    }
  }

  private func isSuspicious(_ flow: TradeFlow) -> Bool {
    guard picture.pattern != .none else { return false }
    return picture.owners.relation(flow.seller, flow.buyer) == .same
      || (picture.cycles + picture.chains).contains { $0.flows.contains { $0.id == flow.id } }
  }

  private var accounts: [String] {
    Set(picture.facts.timing.legs.map(\.account)).union(picture.facts.relationships.flagged).sorted()
  }

  private var ownership: [WashSection.Edge] {
    accounts.flatMap { account in
      var edges: [WashSection.Edge] = []
      guard let owner = picture.owners.owner(of: account) else { return edges }
      edges.append(.init(from: owner, to: account, type: .ownership, details: "owns", isSuspicious: false))
      if let ultimate = picture.owners.ultimateOwner(of: account), ultimate != owner {
        edges.append(
          .init(from: ultimate, to: account, type: .beneficialOwner, details: "stands behind it", isSuspicious: false))
      }
      return edges
    }
  }

  private var ties: [WashSection.Edge] {
    let owners = Set(accounts.compactMap { picture.owners.owner(of: $0) })
    return picture.facts.relationships.links.filter { owners.contains($0.first) && owners.contains($0.second) }.map {
      .init(from: $0.first, to: $0.second, type: .ownership, details: $0.relation.rawValue, isSuspicious: false)
    }
  }
}
