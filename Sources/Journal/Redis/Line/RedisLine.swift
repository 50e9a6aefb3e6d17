/// Places at agents, for all gateways of a journal together.
package struct RedisLine: Sendable {
  let client: RedisClient

  /// How a task comes into the line.
  package enum Entrance: String, Sendable {
    /// A new one, which is turned away where too many wait.
    case enter
    /// One that waited before, or may have had a place.
    case again
    /// One that its agent has: it has a place, whatever the bounds say.
    case keep
  }

  package struct Entry: Sendable {
    package let how: Entrance
    package let ticket: LineTicket
    /// Tasks that its agent works on at once.
    package let places: Int

    package init(_ how: Entrance, _ ticket: LineTicket, places: Int) {
      self.how = how
      self.ticket = ticket
      self.places = places
    }

    fileprivate func append(to words: inout RedisArguments) {
      words.append(ticket.task)
      words.append(ticket.agent)
      words.append(ticket.owner)
      words.append(places)
    }
  }

  package func enter(
    _ entry: Entry, under lease: Fence, _ bounds: LineBounds
  ) async throws(JournalError) -> LineAnswer {
    var words = words(entry.how.rawValue, lease, bounds)
    entry.append(to: &words)
    return try await ask(words)
  }

  /// The task has ended, or does not wait any more.
  package func leave(_ task: String, under lease: Fence, _ bounds: LineBounds) async throws(JournalError) -> LineAnswer
  {
    var words = words("leave", lease, bounds)
    words.append(task)
    return try await ask(words)
  }

  /// Makes the line what this gateway knows of its tasks: whatever was asked in vain, or was lost.
  /// - Parameters:
  ///   - entries: all tasks of this lease.
  ///   - seen: the number of the last ticket when they were counted. Newer ones are left alone.
  package func settle(
    _ entries: [Entry], seen: Int64, under lease: Fence, _ bounds: LineBounds
  ) async throws(JournalError) -> LineAnswer {
    var words = words("settle", lease, bounds)
    words.append(seen)
    for entry in entries {
      words.append(entry.how.rawValue)
      entry.append(to: &words)
    }
    return try await ask(words)
  }

  package func look() async throws(JournalError) -> LineStanding {
    let words = words("look", Fence(lease: ""), LineBounds(running: 0, perPrincipal: 0, waiting: 0))
    let reply = try await client.ask(.script(.line, words)).elements
    guard reply.count == 3, let running = reply[0].number else { throw Self.unreadable }
    var owners: [String: LineStanding.Owner] = [:]
    for row in reply[1].elements.map(\.elements) {
      guard row.count == 3, let name = row[0].string, let served = row[1].number, let running = row[2].number else {
        throw Self.unreadable
      }
      owners[name] = LineStanding.Owner(served: Int(served), running: Int(running))
    }
    return LineStanding(running: Int(running), owners: owners, waiting: try tickets(reply[2].elements))
  }

  /// Of task, ticket, task, ticket and so on, in any order.
  private func tickets(_ words: [RedisReply]) throws(JournalError) -> [LineTicket] {
    var found: [(number: Int64, ticket: LineTicket)] = []
    for index in stride(from: 0, to: words.count - 1, by: 2) {
      // An owner may be called anything.
      let parts = words[index + 1].string?.split(separator: " ", maxSplits: 3, omittingEmptySubsequences: false) ?? []
      guard let task = words[index].string, parts.count == 4, let number = Int64(parts[0]) else {
        throw Self.unreadable
      }
      found.append((number, LineTicket(task: task, agent: String(parts[2]), owner: String(parts[3]))))
    }
    return found.sorted { $0.number < $1.number }.map(\.ticket)
  }

  private func words(_ act: String, _ lease: Fence, _ bounds: LineBounds) -> RedisArguments {
    var words = RedisArguments(act, lease.lease)
    words.append(bounds.running)
    words.append(bounds.perPrincipal)
    words.append(bounds.waiting)
    return words
  }

  private func ask(_ words: RedisArguments) async throws(JournalError) -> LineAnswer {
    let reply = try await client.ask(.script(.line, words)).elements
    guard reply.count == 3, let outcome = reply[0].string.flatMap(LineAnswer.Outcome.init), let seen = reply[1].number
    else { throw Self.unreadable }
    return LineAnswer(outcome: outcome, seen: seen, placed: reply[2].elements.compactMap(\.string))
  }

  private static var unreadable: JournalError {
    JournalError(.corrupt, "The journal does not say which tasks have a place at their agents.")
  }
}
