/// X1 to X9: what speaks against trades by which nobody's position changed.
struct WashMitigation {
  /// What ties the two sides of a trade together.
  static let ties: Set<String> = ["W1", "W2", "W3", "W4", "W5"]

  let picture: WashPicture
  private var policy: Policy { picture.policy }

  var evidence: [Evidence] {
    [exemption, owners, market, gap, partialOffset, priceMoved, purpose, transparent, isolated].compactMap { $0 }
      .filter { $0.strength > 0 }
  }

  /// What is proven takes weight from what could be explained by it.
  var defeats: [Defeat] {
    var defeats: [Defeat] = []
    if picture.exemption?.isFull == true {
      defeats.append(Defeat(by: "X1", of: Self.ties, factor: policy[WashKey.exemptionFactor]))
    }
    if purpose != nil {
      defeats.append(Defeat(by: "X7", of: ["W2", "W4", "W5"], factor: policy[WashKey.purposeFactor]))
    }
    if isolated != nil { defeats.append(Defeat(by: "X9", of: Self.ties, factor: policy[WashKey.isolatedFactor])) }
    return defeats
  }

  private var exemption: Evidence? {
    guard let proof = picture.exemption else { return nil }
    let points =
      proof.isFull ? policy[WashKey.exemption] : policy[WashKey.exemptionItem] * Double(proof.proofs)
    let statement: CitedText =
      proof.isFull
      ? "The owner is a market maker in the share, with a current licence and a separate book."
      : "Of the three proofs of a market maker's exemption there are \(proof.proofs, from: .accountRelationships)."
    return Evidence(
      "X1", "Market maker's exemption", .mitigation, weight: policy[WashKey.exemption],
      strength: share(points, of: WashKey.exemption), tool: .accountRelationships,
      inputs: [
        .init("licence", .text(proof.row.licence)), .init("current", .flag(proof.isCurrent)),
        .init("symbol designated", .flag(proof.isDesignated)), .init("books separated", .flag(proof.isSeparated)),
        .init("valid to", .day(proof.row.validTo)),
      ], statement: statement)
  }

  private var owners: Evidence? {
    let key: PolicyKey
    let statement: CitedText
    let word: String
    switch picture.link {
    case .none, .unknown, .same: return nil
    case .unrelated:
      key = WashKey.unrelatedOwners
      statement = "The owners of the two sides differ, and no link between them is known."
      word = "unrelated"
    case .manager:
      key = WashKey.managedOwners
      statement = "The owners of the two sides differ; they have a manager in common and nothing else."
      word = "common manager"
    case .related:
      key = WashKey.differentRelatedOwners
      statement = "The owners of the two sides are two persons, although related."
      word = "related"
    case .viaOther:
      key = WashKey.thirdParty
      statement = "A third party stands between the ends, whose own interest is not known."
      word = "third party between"
    }
    return Evidence(
      "X2", "Owners differ", .mitigation, weight: policy[WashKey.unrelatedOwners],
      strength: share(policy[key], of: WashKey.unrelatedOwners), tool: .accountRelationships,
      inputs: [.init("owners", .text(word))], statement: statement)
  }

  private var market: Evidence? {
    guard !picture.tradedWithEachOther, !picture.facts.timing.legs.isEmpty else { return nil }
    return Evidence(
      "X3", "Traded with the market", .mitigation, weight: policy[WashKey.withMarket], strength: 1,
      tool: .counterpartyAnalysis, inputs: [.init("trades between the accounts", .integer(0))],
      statement: "The accounts traded with the market, and none of the trades was between them.")
  }

  private var gap: Evidence? {
    guard let milliseconds = picture.milliseconds else { return nil }
    let points: Double =
      if milliseconds >= policy.milliseconds(WashKey.longGapFrom) {
        policy[WashKey.longGap]
      } else if milliseconds > policy.milliseconds(WashKey.gapAfter) {
        policy[WashKey.gap]
      } else {
        0
      }
    return Evidence(
      "X4", "Time lay between", .mitigation, weight: policy[WashKey.longGap],
      strength: share(points, of: WashKey.longGap), tool: .tradeTiming,
      inputs: [.init("milliseconds", .integer(milliseconds))],
      statement:
        "\(WashWords.span(milliseconds), from: .tradeTiming) lay between the trades, in which the market could move.")
  }

  private var partialOffset: Evidence? {
    guard let offset = picture.offset else { return nil }
    return Evidence(
      "X5", "Position stayed open", .mitigation, weight: policy[WashKey.partialOffset], strength: 1 - offset,
      tool: .counterpartyAnalysis,
      inputs: [
        .init("bought", .integer(picture.bought)), .init("sold", .integer(picture.sold)),
        .init("offset", .decimal(offset, digits: 3)),
      ],
      statement: """
        Of the position, \(abs(picture.bought - picture.sold), from: .counterpartyAnalysis) shares stayed open: \
        \(picture.bought, from: .counterpartyAnalysis) bought against \(picture.sold, from: .counterpartyAnalysis) sold.
        """)
  }

  private var priceMoved: Evidence? {
    guard let gap = picture.priceGap, gap > policy[WashKey.priceMovedBeyond] else { return nil }
    return Evidence(
      "X6", "The price moved", .mitigation, weight: policy[WashKey.priceMoved], strength: 1, tool: .tradeTiming,
      inputs: [.init("price gap in basis points", .decimal(gap, digits: 1))],
      statement:
        """
        The price moved by \(gap, digits: 1, from: .tradeTiming) basis points between the trades, a risk that was borne.
        """
    )
  }

  private var purpose: Evidence? {
    guard let instruction = picture.instruction else { return nil }
    return Evidence(
      "X7", "Documented purpose", .mitigation, weight: policy[WashKey.purpose], strength: 1,
      tool: .counterpartyAnalysis,
      inputs: [
        .init("instruction", .text(instruction.id)), .init("purpose", .text(instruction.purpose.rawValue)),
        .init("price basis", .text(instruction.priceBasis.rawValue)), .init("given", .instant(instruction.time)),
      ],
      statement: """
        Instruction \(instruction.id, from: .counterpartyAnalysis) documents a purpose \
        (\(instruction.purpose.rawValue)) at a fair price basis (\(instruction.priceBasis.rawValue)).
        """)
  }

  private var transparent: Evidence? {
    let auction = picture.facts.timing.isAuction
    let isCross = picture.instruction?.purpose == .cross && picture.tradedWithEachOther
    guard auction || isCross else { return nil }
    return Evidence(
      "X8", "Open to the market", .mitigation, weight: policy[WashKey.transparent], strength: 1, tool: .tradeTiming,
      inputs: [.init("auction", .flag(auction)), .init("instructed cross", .flag(isCross))],
      statement: auction
        ? "The trades were made in an auction, which is open to the whole market."
        : "The trades were an instructed cross, which is open to the whole market.")
  }

  private var isolated: Evidence? {
    guard picture.isIsolated, picture.strategies == .different, let share = picture.volumeShare else { return nil }
    return Evidence(
      "X9", "Isolated match", .mitigation, weight: policy[WashKey.isolated], strength: 1, tool: .relatedAccountsHistory,
      inputs: [
        .init("strategies", .text("different")), .init("groups before", .integer(0)),
        .init("share of the day's volume", .decimal(share, digits: 4)),
      ],
      statement: """
        Two different strategies met once, in \(100 * share, digits: 2, from: .marketData)% of the day's volume, \
        and not in the \(picture.facts.history.days, from: .relatedAccountsHistory) days before.
        """)
  }

  private func share(_ points: Double, of key: PolicyKey) -> Double {
    policy[key] > 0 ? Statistics.clamp(points / policy[key]) : 0
  }
}
