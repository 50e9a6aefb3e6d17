/// W1 to W8: what speaks for trades by which nobody's position changed.
struct WashSuspicion {
  let picture: WashPicture
  private var policy: Policy { picture.policy }

  var evidence: [Evidence] {
    [owner, structure, neutral, price, time, volume, recurrence, thinMarket].compactMap { $0 }.filter {
      $0.strength > 0
    }
  }

  private var owner: Evidence? {
    let key: PolicyKey
    let statement: CitedText
    let word: String
    switch picture.link {
    case .same:
      key = WashKey.sameOwner
      statement = "One owner stands behind both sides of the trades\(who)."
      word = "same owner"
    case .viaOther:
      key = WashKey.ownerViaOther
      statement = "What the first account sold came back to its owner through others\(way)."
      word = "same owner through others"
    case .related:
      key = WashKey.relatedOwners
      statement = "The owners of both sides are related\(kinship)\(who)."
      word = "related owners"
    case .manager:
      key = WashKey.commonManager
      statement = "The accounts of both sides have a manager in common\(who)."
      word = "common manager"
    case .unrelated, .unknown, .none: return nil
    }
    return Evidence(
      "W1", "Who owns both sides", .suspicion, weight: policy[WashKey.sameOwner],
      strength: share(policy[key], of: WashKey.sameOwner), tool: .accountRelationships,
      inputs: [.init("owners", .text(word)), .init("accounts", .integer(picture.facts.relationships.flagged.count))],
      statement: statement)
  }

  private var structure: Evidence? {
    let key: PolicyKey
    let statement: CitedText
    switch picture.structure {
    case .none: return nil
    case .direct:
      key = WashKey.direct
      statement = "A buy and a sell stand directly opposite each other\(who)."
    case .chain:
      key = WashKey.chain
      statement = "The shares went through an intermediary\(way)."
    case .cycle:
      key = WashKey.cycle
      statement = "The shares went round in a circle\(way)."
    }
    return Evidence(
      "W2", "How the trades hang together", .suspicion, weight: policy[WashKey.cycle],
      strength: share(policy[key], of: WashKey.cycle) * picture.gate, tool: .counterpartyAnalysis,
      inputs: [
        .init("structure", .text(name(of: picture.structure))), .init("cycles", .integer(picture.cycles.count)),
        .init("chains", .integer(picture.chains.count)), gateInput,
      ], statement: statement)
  }

  private var neutral: Evidence? {
    guard let offset = picture.offset else { return nil }
    return Evidence(
      "W3", "Position afterwards", .suspicion, weight: policy[WashKey.neutral],
      strength: Statistics.ramp(offset, policy[WashKey.neutralFrom], policy[WashKey.neutralTo]),
      tool: .counterpartyAnalysis,
      inputs: [
        .init("bought", .integer(picture.bought)), .init("sold", .integer(picture.sold)),
        .init("offset", .decimal(offset, digits: 3)),
      ],
      statement: """
        The owners bought \(picture.bought, from: .counterpartyAnalysis) and sold \
        \(picture.sold, from: .counterpartyAnalysis) shares, so that \
        \(100 * offset, digits: 0, from: .counterpartyAnalysis)% of the position was taken back.
        """)
  }

  private var price: Evidence? {
    guard let gap = picture.priceGap else { return nil }
    let closeness = 1 - Statistics.ramp(gap, policy[WashKey.priceFrom], policy[WashKey.priceTo])
    return Evidence(
      "W4", "Prices", .suspicion, weight: policy[WashKey.price], strength: closeness * picture.gate, tool: .tradeTiming,
      inputs: [.init("price gap in basis points", .decimal(gap, digits: 1)), gateInput],
      statement: "The prices of the trades lie \(gap, digits: 1, from: .tradeTiming) basis points apart.")
  }

  private var time: Evidence? {
    guard let milliseconds = picture.milliseconds else { return nil }
    let highest = WashKey.timeTiers[0].0
    let auction = picture.facts.timing.isAuction
    let strength = share(TimeTier.points(milliseconds, policy), of: highest) * picture.gate
    return Evidence(
      "W5", "Time between the trades", .suspicion, weight: policy[highest],
      strength: strength * (auction ? policy[WashKey.auction] : 1), tool: .tradeTiming,
      inputs: [.init("milliseconds", .integer(milliseconds)), .init("auction", .flag(auction)), gateInput],
      statement:
        "The trades lie \(WashWords.span(milliseconds), from: .tradeTiming) apart\(auction ? ", in an auction" : "").")
  }

  private var volume: Evidence? {
    guard let share = picture.volumeShare, let dayVolume = picture.facts.market.dayVolume else { return nil }
    return Evidence(
      "W6", "Share of the day's volume", .suspicion, weight: policy[WashKey.volume],
      strength: Statistics.ramp(share, policy[WashKey.volumeFrom], policy[WashKey.volumeTo]), tool: .marketData,
      inputs: [
        .init("matched quantity", .integer(picture.matchedQuantity)), .init("day volume", .integer(dayVolume)),
        .init("share", .decimal(share, digits: 3)),
      ],
      statement: """
        The matched \(picture.matchedQuantity, from: .counterpartyAnalysis) shares are \
        \(100 * share, digits: 1, from: .marketData)% of the day's volume.
        """)
  }

  private var recurrence: Evidence? {
    let count = picture.recurrences
    return Evidence(
      "W7", "The same before", .suspicion, weight: policy[WashKey.recurrence],
      strength: min(1, Double(count) / policy[WashKey.recurrenceFull]), tool: .relatedAccountsHistory,
      inputs: [.init("groups", .integer(count)), .init("days", .integer(picture.facts.history.days))],
      statement: """
        Similar groups of trades in the \(picture.facts.history.days, from: .relatedAccountsHistory) days before: \
        \(count, from: .relatedAccountsHistory).
        """)
  }

  private var thinMarket: Evidence? {
    guard picture.facts.market.liquidity == "low" else { return nil }
    return Evidence(
      "W8", "Thin market", .suspicion, weight: policy[WashKey.thinMarket], strength: 1, tool: .marketData,
      inputs: [.init("liquidity", .text("low"))], statement: "The market in the share was thin that day.")
  }

  private var gateInput: Evidence.Input { .init("link gate", .decimal(picture.gate, digits: 2)) }

  private func share(_ points: Double, of key: PolicyKey) -> Double {
    policy[key] > 0 ? Statistics.clamp(points / policy[key]) : 0
  }

  private func name(of structure: WashPicture.Structure) -> String {
    switch structure {
    case .none: "none"
    case .direct: "direct"
    case .chain: "chain"
    case .cycle: "cycle"
    }
  }

  /// The two accounts of the pair that lies closest, or the one that is both.
  private var who: CitedText {
    guard let pair = picture.closest else { return "" }
    let (seller, buyer) = (pair.sell.account, pair.buy.account)
    if seller == buyer { return ": account \(seller, from: .tradeTiming)" }
    return ": accounts \(seller, from: .tradeTiming) and \(buyer, from: .tradeTiming)"
  }

  private var way: CitedText {
    guard let path = picture.cycles.first ?? picture.chains.first else { return "" }
    let isCycle = path.accounts.count == path.flows.count
    let accounts = isCycle ? path.accounts + path.accounts.prefix(1) : path.accounts
    return ": \(accounts.joined(separator: " → "), from: .counterpartyAnalysis)"
  }

  private var kinship: CitedText {
    guard let pair = picture.closest, let word = picture.owners.kinship(of: pair.sell.account, and: pair.buy.account)
    else { return "" }
    return " (\(word))"
  }
}
