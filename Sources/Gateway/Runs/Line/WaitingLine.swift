import Journal

/// How those stand who wait for a place: at this gateway, or at all gateways of a journal together.
struct WaitingLine: Sendable {
  let bounds: LineBounds
  let running: Int
  /// Of those who wait; those who are missing have never been served, and have nothing that runs.
  let owners: [String: LineStanding.Owner]
  /// In the order in which they came.
  let waiting: [LineTicket]

  /// Where tasks stand that wait: how many come before, among those that wait for the same, were nobody to come or go. In all, if that is
  /// what there is too much of; otherwise at their agent; of their owner alone, if the owner has as many running as one may have.
  func places() -> [String: Int] {
    var found: [String: Int] = [:]
    var before: [String: Int] = [:]
    let isFull = running >= bounds.running
    for (rank, entry) in inOrder().enumerated() {
      let ticket = entry.ticket
      let atAgent = before[ticket.agent, default: 0]
      before[ticket.agent] = atAgent + 1
      let ownerIsFull = owners[ticket.owner]?.running ?? 0 >= bounds.perPrincipal
      found[ticket.task] = ownerIsFull ? entry.round : isFull ? rank : atAgent
    }
    return found
  }

  private struct Entry {
    let ticket: LineTicket
    /// How many of the same owner came before it.
    let round: Int
  }

  /// As places would be given, one to each owner in turn.
  private func inOrder() -> [Entry] {
    var counts: [String: Int] = [:]
    var owners: [(name: String, served: Int, came: Int)] = []
    let entries = waiting.map { ticket in
      let round = counts[ticket.owner, default: 0]
      counts[ticket.owner] = round + 1
      if round == 0 { owners.append((ticket.owner, self.owners[ticket.owner]?.served ?? 0, owners.count)) }
      return Entry(ticket: ticket, round: round)
    }
    owners.sort { ($0.served, $0.came) < ($1.served, $1.came) }
    let turns = Dictionary(uniqueKeysWithValues: owners.enumerated().map { ($1.name, $0) })
    return entries.sorted { one, other in
      (one.round, turns[one.ticket.owner] ?? 0) < (other.round, turns[other.ticket.owner] ?? 0)
    }
  }
}

extension WaitingLine {
  init(_ standing: LineStanding, _ bounds: LineBounds) {
    self.init(bounds: bounds, running: standing.running, owners: standing.owners, waiting: standing.waiting)
  }
}
