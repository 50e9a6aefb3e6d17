extension RedisCounts {
  /// Milliseconds after which what was told is forgotten when nobody renews it.
  package static let standingLife: Int64 = 4000

  /// Tells what has changed of what stands here, and gives what has changed of what stands elsewhere. With nothing to tell it says only
  /// that this gateway is alive.
  package func exchange(
    _ told: StandingTold, life: Int64 = RedisCounts.standingLife
  ) async throws(JournalError) -> StandingNews {
    var words = RedisArguments()
    words.append(life)
    words.append(told.name)
    words.append(told.former ?? "")
    words.append(told.base)
    words.append(told.number)
    words.append(told.counts.count)
    for count in told.counts {
      words.append(count.key)
      words.append(count.count)
    }
    for (name, number) in told.heard {
      words.append(name)
      words.append(number)
    }
    let reply = try await client.ask(.script(.standings, words)).elements
    guard reply.count == 2, let isKept = reply[0].number else {
      throw JournalError(.corrupt, "The journal does not say what stands at other gateways.")
    }
    return StandingNews(isKept: isKept == 1, others: reply[1].elements.compactMap { StandingNews.Other($0) })
  }

  /// Takes back what was told under a name.
  package func leave(_ name: String) async throws(JournalError) {
    let key = "\(client.keys)standings:\(name)"
    _ = try await client.ask(.plain(RedisArguments("UNLINK", key, "\(key):log")))
  }
}

/// What one gateway tells in a round: of what stands there, what has changed, as it is now.
package struct StandingTold: Sendable, Equatable {
  /// Under which it tells. Another one whenever it begins anew.
  package let name: String
  /// What was told under this name counts no longer.
  package let former: String?
  /// How often something was told before under the name. The server must have had all of it.
  package let base: Int64
  /// 0 is none any more.
  package let counts: [CountRound.Count]
  /// How far others have been heard, by their names.
  package let heard: [String: Int64]

  package init(name: String, former: String?, base: Int64, counts: [CountRound.Count], heard: [String: Int64]) {
    self.name = name
    self.former = former
    self.base = base
    self.counts = counts
    self.heard = heard
  }

  package var number: Int64 { counts.isEmpty ? base : base + 1 }
}

/// What has changed at other gateways since they were heard.
package struct StandingNews: Sendable, Equatable {
  package struct Other: Sendable, Equatable {
    package let name: String
    /// How far it is heard with this.
    package let number: Int64
    /// It is all that stands there, not only what has changed.
    package let isWhole: Bool
    /// In the order in which it was told: of one key the last counts.
    package let counts: [CountRound.Count]

    package init(name: String, number: Int64, isWhole: Bool, counts: [CountRound.Count]) {
      self.name = name
      self.number = number
      self.isWhole = isWhole
      self.counts = counts
    }
  }

  /// False: the server does not have what was told before, so all of it has to be told again, under another name.
  package let isKept: Bool
  /// All that are alive.
  package let others: [Other]

  package init(isKept: Bool, others: [Other]) {
    self.isKept = isKept
    self.others = others
  }
}

extension StandingNews.Other {
  /// Nil where it is not what a gateway of this version tells.
  init?(_ row: RedisReply) {
    let parts = row.elements
    guard parts.count == 4, let name = parts[0].string, let number = parts[1].number, let isWhole = parts[2].number
    else { return nil }
    let words = parts[3].elements
    var counts: [CountRound.Count] = []
    for index in stride(from: 0, to: words.count - 1, by: 2) {
      guard let key = words[index].string, let count = words[index + 1].number else { return nil }
      // That is no key, but how many rounds the hash has had.
      if key != "#" { counts.append(CountRound.Count(key: key, count: count)) }
    }
    self.init(name: name, number: number, isWhole: isWhole == 1, counts: counts)
  }
}
