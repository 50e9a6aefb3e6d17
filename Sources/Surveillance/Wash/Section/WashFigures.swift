/// The figures of a decision about wash trades. Their titles state what is to be seen.
struct WashFigures {
  let picture: WashPicture
  private var facts: WashFacts { picture.facts }
  /// More do not fit beside each other.
  static let mostPairs = 60
  static let mostNodes = 12

  var figures: [Figure] {
    [pairs, position, links].compactMap { $0 }.enumerated().map { index, figure in
      var figure = figure
      figure.id = "E\(index + 1)"
      return figure
    }
  }

  private var pairs: Figure? {
    guard let closest = picture.closest else { return nil }
    let shown = facts.timing.pairs.prefix(Self.mostPairs).map { pair in
      Figure.Pair(
        buy: leg(pair.buy), sell: leg(pair.sell), priceGap: pair.priceGap, milliseconds: pair.milliseconds)
    }
    let span = WashWords.span(closest.milliseconds)
    let gap = Decimals.text(closest.priceGap, digits: 1)
    let count = facts.timing.pairs.count
    let title =
      count == 1
      ? "A buy and a sell lie \(span) and \(gap) basis points apart"
      : "\(Digits.grouped(count)) buys and sells face each other; the closest lie \(span) and \(gap) basis points apart"
    let cut = count > shown.count ? " Shown are the first \(shown.count)." : ""
    return Figure(
      id: "", title: title,
      description: "Each line joins a buy with the sell that faces it, with the time and the price between them." + cut,
      indicators: ["W2", "W4", "W5", "X4", "X6"], .pairedTrades(Array(shown)))
  }

  private func leg(_ leg: TradeLeg) -> Figure.Leg {
    Figure.Leg(time: leg.time, account: leg.account, quantity: leg.quantity, price: leg.price)
  }

  /// Of those accounts together that one owner, or related owners, have.
  private var position: Figure? {
    guard picture.offset != nil else { return nil }
    let least: OwnerRelation = picture.link == .related ? .related : .same
    let accounts = Set(facts.counterparties.legs.map(\.account))
    let both = facts.counterparties.legs.filter { leg in
      facts.counterparties.legs.contains {
        $0.side != leg.side && accounts.contains($0.account)
          && picture.owners.relation($0.account, leg.account) >= least
      }
    }
    var points: [Figure.PositionPoint] = []
    var position = 0
    for leg in both {
      position = position.plus(leg.side.sign * leg.quantity)
      if points.last?.time == leg.time { points.removeLast() }
      points.append(.init(time: leg.time, position: position))
    }
    let trades = WashWords.count(both.count, "trade", "trades")
    let title =
      position == 0
      ? "After \(trades) the owners' position is what it was before"
      : "After \(trades) the owners' position has changed by \(Digits.grouped(position)) shares"
    return Figure(
      id: "", title: title, description: "The position of the owners' accounts together, from trade to trade.",
      indicators: ["W3", "X5"], .netPosition(points))
  }

  private var links: Figure? {
    let diagram = AccountLinkDiagram(picture: picture, most: Self.mostNodes)
    guard !diagram.nodes.isEmpty else { return nil }
    let cut = diagram.left > 0 ? " \(WashWords.count(diagram.left, "account is", "accounts are")) not shown." : ""
    return Figure(
      id: "", title: title, description: "Accounts on the left, their owners on the right, and what ties them." + cut,
      indicators: ["W1", "W2", "X2"], .accountLinks(nodes: diagram.nodes, edges: diagram.edges))
  }

  private var title: String {
    switch picture.link {
    case .same: "One owner stands behind both sides"
    case .viaOther: "The shares came back to their first owner through others"
    case .related: "The owners of both sides are related"
    case .manager: "Both sides have a manager in common"
    case .unrelated: "No link between the owners of both sides is known"
    case .unknown: "Who owns both sides is not known"
    case .none: "The accounts stand on one side alone"
    }
  }
}

/// Accounts, owners, and those at the end of the chains, in three layers.
struct AccountLinkDiagram {
  private(set) var nodes: [Figure.LinkNode] = []
  private(set) var edges: [Figure.LinkEdge] = []
  /// How many accounts did not fit.
  private(set) var left = 0

  init(picture: WashPicture, most: Int) {
    let accounts = Self.accounts(of: picture)
    for account in accounts {
      guard add(account, picture, most) else {
        left += 1
        continue
      }
    }
    addTies(picture)
    addTrades(picture)
  }

  /// Those that traded most first, so that they are shown when not all are.
  private static func accounts(of picture: WashPicture) -> [String] {
    var traded = Dictionary(picture.facts.relationships.flagged.map { ($0, 0) }) { first, _ in first }
    for leg in picture.facts.timing.legs { traded[leg.account] = (traded[leg.account] ?? 0).plus(leg.quantity) }
    return traded.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
  }

  private mutating func add(_ account: String, _ picture: WashPicture, _ most: Int) -> Bool {
    let owner = picture.owners.owner(of: account)
    let ultimate = picture.owners.ultimateOwner(of: account)
    var new = [Figure.LinkNode(id: "account \(account)", label: account, layer: 0, isFlagged: true)]
    new[0].isFlagged = picture.facts.relationships.flagged.contains(account)
    if let owner {
      let name = picture.owners.ownerName(of: account)
      new.append(.init(id: "owner \(owner)", label: name.isEmpty ? owner : name, layer: 1, isFlagged: false))
    }
    if let ultimate, ultimate != owner {
      new.append(.init(id: "behind \(ultimate)", label: ultimate, layer: 2, isFlagged: false))
    }
    let missing = new.filter { node in !nodes.contains { $0.id == node.id } }
    guard nodes.count + missing.count <= most else { return false }
    nodes += missing
    if new.count > 1 { join(new[0].id, new[1].id, "owned by") }
    if new.count > 2 { join(new[1].id, new[2].id, "one with") }
    return true
  }

  private mutating func join(_ from: String, _ to: String, _ label: String) {
    let edge = Figure.LinkEdge(from: from, to: to, label: label)
    if !edges.contains(edge) { edges.append(edge) }
  }

  private mutating func addTies(_ picture: WashPicture) {
    let shown = Set(nodes.map(\.id))
    for link in picture.facts.relationships.links {
      let ends = [link.first, link.second].map { "owner \($0)" }
      if ends[0] != ends[1], ends.allSatisfy(shown.contains) { join(ends[0], ends[1], link.relation.rawValue) }
    }
  }

  private mutating func addTrades(_ picture: WashPicture) {
    let shown = Set(nodes.map(\.id))
    var sold: [[String]: Int] = [:]
    for flow in picture.facts.counterparties.flows {
      let ends = ["account \(flow.seller)", "account \(flow.buyer)"]
      if ends.allSatisfy(shown.contains) { sold[ends] = (sold[ends] ?? 0).plus(flow.quantity) }
    }
    for (ends, quantity) in sold.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      join(ends[0], ends[1], "sold \(Digits.grouped(quantity))")
    }
  }
}
