/// The figures of the policy that the wash trade indicators turn on.
enum WashKey {
  static let sameOwner = PolicyKey("wash.W1.same_owner", 35, "Points for one owner on both sides.")
  static let ownerViaOther = PolicyKey("wash.W1.via_other", 30, "Points for a chain that ends at its first owner.")
  static let relatedOwners = PolicyKey("wash.W1.related", 12, "Points for related owners on both sides.")
  static let commonManager = PolicyKey("wash.W1.manager", 8, "Points for a common manager alone.")
  static let cycle = PolicyKey("wash.W2.cycle", 20, "Points for a cycle of three or more accounts.")
  static let chain = PolicyKey("wash.W2.chain", 15, "Points for a chain through an intermediary.")
  static let direct = PolicyKey("wash.W2.direct", 10, "Points for a buy and a sell that face each other.")
  static let neutral = PolicyKey("wash.W3.points", 15, "Points for a position that nets out.")
  static let neutralFrom = PolicyKey("wash.W3.from", 0.5, in: 0...1, "The offset share that gives none of them.")
  static let neutralTo = PolicyKey("wash.W3.to", 0.99, in: 0...1, "The offset share that gives all of them.")
  static let price = PolicyKey("wash.W4.points", 10, "Points for equal prices.")
  static let priceFrom = PolicyKey("wash.W4.from", 1, "The gap in basis points that gives all of them.")
  static let priceTo = PolicyKey("wash.W4.to", 20, "The gap in basis points that gives none of them.")
  static let timeTiers = [
    (
      PolicyKey("wash.W5.instant.points", 15, "Points for the shortest gap."),
      PolicyKey("wash.W5.instant.seconds", 1, in: 0...86_400, "The shortest gap, in seconds, at most.")
    ),
    (
      PolicyKey("wash.W5.short.points", 10, "Points for a short gap."),
      PolicyKey("wash.W5.short.seconds", 10, in: 0...86_400, "A short gap, in seconds, at most.")
    ),
    (
      PolicyKey("wash.W5.minute.points", 6, "Points for a gap of a minute."),
      PolicyKey("wash.W5.minute.seconds", 60, in: 0...86_400, "A gap of a minute, in seconds, at most.")
    ),
    (
      PolicyKey("wash.W5.minutes.points", 3, "Points for a gap of minutes."),
      PolicyKey("wash.W5.minutes.seconds", 300, in: 0...86_400, "A gap of minutes, in seconds, at most.")
    ),
  ]
  static let auction = PolicyKey("wash.W5.auction", 0.2, in: 0...1, "What is left of W5 in an auction.")
  static let volume = PolicyKey("wash.W6.points", 12, "Points for a share of the day's volume.")
  static let volumeFrom = PolicyKey("wash.W6.from", 0.05, in: 0...1, "The share that gives none of them.")
  static let volumeTo = PolicyKey("wash.W6.to", 0.4, in: 0...1, "The share that gives all of them.")
  static let recurrence = PolicyKey("wash.W7.points", 10, "Points for similar groups before.")
  static let recurrenceFull = PolicyKey("wash.W7.full", 5, in: 1...1_000, "So many groups give all of them.")
  static let thinMarket = PolicyKey("wash.W8.points", 3, "Points for a thin market.")

  static let exemption = PolicyKey("wash.X1.points", 70, "Points for a proven market maker's exemption.")
  static let exemptionItem = PolicyKey("wash.X1.item", 10, "Points for each proof of an exemption proven in part.")
  static let exemptionFactor = PolicyKey(
    "wash.X1.factor", 0.15, in: 0...1, "What a proven exemption leaves of W1 to W5.")
  static let unrelatedOwners = PolicyKey("wash.X2.unrelated", 40, "Points for owners that are not related.")
  static let managedOwners = PolicyKey("wash.X2.manager", 35, "Points for owners with a common manager alone.")
  static let differentRelatedOwners = PolicyKey("wash.X2.related", 15, "Points for two owners that are related.")
  static let thirdParty = PolicyKey("wash.X2.third_party", 8, "Points for a third party between the ends.")
  static let withMarket = PolicyKey("wash.X3.points", 15, "Points for trading with the market.")
  static let gap = PolicyKey("wash.X4.points", 10, "Points for a gap.")
  static let gapAfter = PolicyKey("wash.X4.seconds", 300, in: 0...86_400, "A gap is longer than so many seconds.")
  static let longGap = PolicyKey("wash.X4.long.points", 15, "Points for a long gap.")
  static let longGapFrom = PolicyKey("wash.X4.long.seconds", 1_800, in: 0...86_400, "A long gap, in seconds, at least.")
  static let partialOffset = PolicyKey("wash.X5.points", 10, "Points for a position that stays open.")
  static let priceMoved = PolicyKey("wash.X6.points", 8, "Points for a price that moved between the trades.")
  static let priceMovedBeyond = PolicyKey("wash.X6.beyond", 20, "It moved by more than so many basis points.")
  static let purpose = PolicyKey("wash.X7.points", 30, "Points for a documented purpose.")
  static let purposeFactor = PolicyKey("wash.X7.factor", 0.3, in: 0...1, "What it leaves of W2, W4 and W5.")
  static let transparent = PolicyKey("wash.X8.points", 8, "Points for an auction or a transparent cross.")
  static let isolated = PolicyKey("wash.X9.points", 40, "Points for an isolated match of two strategies.")
  static let isolatedFactor = PolicyKey("wash.X9.factor", 0.5, in: 0...1, "What it leaves of W1 to W5.")
  static let isolatedBelow = PolicyKey("wash.X9.below", 0.01, in: 0...1, "It is less than this share of the volume.")

  static let gateSame = PolicyKey("wash.gate.same", 1, in: 0...1, "The link gate of one owner.")
  static let gateRelated = PolicyKey("wash.gate.related", 0.6, in: 0...1, "The link gate of related owners.")
  static let gateManager = PolicyKey("wash.gate.manager", 0.5, in: 0...1, "The link gate of a common manager.")
  static let gateNone = PolicyKey("wash.gate.none", 0.15, in: 0...1, "The link gate of owners without a link.")
  static let gateRecurrence = PolicyKey(
    "wash.gate.recurrence", 10, in: 1...1_000, "So many groups open the gate fully.")

  static let all =
    [
      sameOwner, ownerViaOther, relatedOwners, commonManager, cycle, chain, direct, neutral, neutralFrom, neutralTo,
      price,
      priceFrom, priceTo,
    ] + timeTiers.flatMap { [$0.0, $0.1] } + [
      auction, volume, volumeFrom, volumeTo, recurrence, recurrenceFull, thinMarket, exemption, exemptionItem,
      exemptionFactor, unrelatedOwners, managedOwners, differentRelatedOwners, thirdParty, withMarket, gap, gapAfter,
      longGap, longGapFrom, partialOffset, priceMoved, priceMovedBeyond, purpose, purposeFactor, transparent, isolated,
      isolatedFactor, isolatedBelow, gateSame, gateRelated, gateManager, gateNone, gateRecurrence,
    ]
}

extension PolicyKey {
  /// All that the wash trade indicators and their searches turn on, in the order of the indicators.
  package static let wash: [PolicyKey] = WashKey.all + WashSearchKey.all
}
