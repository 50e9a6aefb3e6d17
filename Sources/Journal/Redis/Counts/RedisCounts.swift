/// What each gateway of a journal has counted of late, told to the others on the same server. Nothing of it is kept for more than a minute,
/// and what is lost is lost.
package struct RedisCounts: Sendable {
  let client: RedisClient

  /// Tells what was counted, if it was anything, and gives what all have told since a place, this one too.
  /// - Parameters:
  ///   - name: whose counts they are.
  ///   - number: grows with each round of that name. On its way over a lost connection a round may come twice.
  ///   - place: of the news before. Nil: only what is told from now on matters.
  package func exchange(
    _ counts: [CountRound.Count], of name: String, number: Int64, after place: String?
  ) async throws(JournalError) -> CountNews {
    var words = RedisArguments(name)
    words.append(number)
    words.append(place ?? "")
    for count in counts {
      words.append(count.key)
      words.append(count.count)
    }
    let reply = try await client.ask(.script(.counts, words)).elements
    guard reply.count == 2, let place = reply[0].string else {
      throw JournalError(.corrupt, "The journal does not say what other gateways have counted.")
    }
    let rows = reply[1].elements
    let newest = rows.last.flatMap { CountRound.time($0) } ?? 0
    return CountNews(place: place, rounds: rows.compactMap { CountRound($0, newest: newest) })
  }
}

package struct CountNews: Sendable {
  /// Behind the last of the rounds.
  package let place: String
  /// The oldest first.
  package let rounds: [CountRound]

  package init(place: String, rounds: [CountRound]) {
    self.place = place
    self.rounds = rounds
  }
}

/// What one gateway has counted between two moments.
package struct CountRound: Sendable, Equatable {
  package struct Count: Sendable, Equatable {
    package let key: String
    package let count: Int64

    package init(key: String, count: Int64) {
      self.key = key
      self.count = count
    }
  }

  package let from: String
  package let number: Int64
  /// Whole seconds by which it is older than the newest that was read with it, by the server's clock: it is at least as old as that.
  package let age: Int64
  package let counts: [Count]

  package init(from: String, number: Int64, age: Int64, counts: [Count]) {
    self.from = from
    self.number = number
    self.age = age
    self.counts = counts
  }

  /// Nil where it is not what a gateway of this version tells: nobody's fault, and no reason to hear nothing of the rest.
  init?(_ row: RedisReply, newest: Int64) {
    guard let time = Self.time(row), let fields = row.elements.last?.elements, fields.count >= 4,
      let from = fields[1].string, let number = fields[3].number
    else { return nil }
    var counts: [Count] = []
    for index in stride(from: 4, to: fields.count - 1, by: 2) {
      guard let key = fields[index].string, let count = fields[index + 1].number else { return nil }
      counts.append(Count(key: key, count: count))
    }
    self.init(from: from, number: number, age: max(0, newest - time) / 1000, counts: counts)
  }

  /// Milliseconds of the server's clock, which are the first half of the name of an entry.
  static func time(_ row: RedisReply) -> Int64? {
    guard let id = row.elements.first?.content else { return nil }
    return Int64(ascii: id.prefix { $0 != UInt8(ascii: "-") })
  }
}
