import HTTP
import Identity
import Journal

/// How many streams each principal and address has open at this gateway, and how many more at the others of its journal, as far as they
/// have told. A value: what happens and what is heard goes in.
///
/// What is told are numbers as they are now, so whatever was lost on the way is made good by the next one.
struct Standings: Sendable {
  /// What another gateway has told so far.
  private struct Other {
    var number: Int64 = 0
    var counts: [StandingKey: Int] = [:]
  }

  /// So many gateways keep a limit to the last stream. As long as nobody has this part of it at any of them, nothing of it needs to be told:
  /// all together do not have too many. So those who come from many addresses, with a stream each, are none of Redis's business.
  private static let gateways = 8
  /// Nobody knows when a stream will be closed; this is when to look again.
  private static let retryAfter: Int64 = 10
  /// The same where others have streams: those of a gateway that has died count for so long yet.
  static let retryAfterOthers = RedisCounts.standingLife / 1000 + 1
  /// More than any limit can be, and too little to be added up to more than there is.
  private static let most: Int64 = 1_000_000_000

  private let limits: IdentityConfiguration.RateLimits
  private var own: [StandingKey: Int] = [:]
  private var others: [String: Other] = [:]
  /// Nil: nobody is told.
  private var telling: StandingTelling?

  init(_ limits: IdentityConfiguration.RateLimits) {
    self.limits = limits
  }

  func here(_ key: StandingKey) -> Int { own[key] ?? 0 }

  func elsewhere(_ key: StandingKey) -> Int { others.values.reduce(0) { $0 + ($1.counts[key] ?? 0) } }

  /// Whether one more may be opened.
  enum Room {
    case free
    case fullHere
    /// It could be opened, were it not for what others have told.
    case fullElsewhere
  }

  func room(for key: StandingKey) -> Room {
    let (here, limit) = (here(key), limit(of: key))
    if here >= limit { return .fullHere }
    return here + elsewhere(key) >= limit ? .fullElsewhere : .free
  }

  /// Throws 429 when no more may be opened.
  func admit(_ key: StandingKey) throws(Refusal) {
    let room = room(for: key)
    if room == .free { return }
    let what =
      switch key.kind {
      case .principal: "streams open at once"
      case .address: "streams open at once from this address"
      }
    throw .tooMany(what, retryAfter: room == .fullHere ? Self.retryAfter : Self.retryAfterOthers)
  }

  private func limit(of key: StandingKey) -> Int {
    switch key.kind {
    case .principal: limits.streamsPerPrincipal
    case .address: limits.streamsPerAddress
    }
  }

  mutating func open(_ key: StandingKey) {
    own[key, default: 0] += 1
    telling?.changed.insert(key)
  }

  mutating func close(_ key: StandingKey) {
    let rest = here(key) - 1
    own[key] = rest > 0 ? rest : nil
    telling?.changed.insert(key)
  }
}

/// How far the others have been told.
private struct StandingTelling {
  let name: String
  let former: String?
  var rounds: Int64 = 0
  var told: [StandingKey: Int] = [:]
  /// Those of which something else may have to be told than was.
  var changed: Set<StandingKey>
}

extension Standings {
  /// From now on others are told what stands here: all of it, whatever they were told before under another name.
  mutating func tellAnew(as name: String) {
    telling = StandingTelling(name: name, former: telling?.name, changed: Set(own.keys))
  }

  /// What is to be told now. It counts as told; whoever fails to do it calls `beAlone`. Of too many keys, those that have the largest part
  /// of their limit, and the rest the next time. Nil: nobody is told.
  mutating func tell(limit: Int) -> StandingTold? {
    guard var telling else { return nil }
    // Or what is changed in it would be copied before.
    self.telling = nil
    var found: [(key: StandingKey, count: Int, share: Double)] = []
    for key in telling.changed {
      let (count, before) = (isWorthTelling(key) ? here(key) : 0, telling.told[key] ?? 0)
      guard count != before else { continue }
      found.append((key, count, Double(max(count, before)) / Double(self.limit(of: key))))
    }
    if found.count > limit { found.sort { $0.share > $1.share } }
    telling.changed = Set(found.dropFirst(limit).map(\.key))
    for (key, count, _) in found.prefix(limit) { telling.told[key] = count > 0 ? count : nil }
    let round = StandingTold(
      name: telling.name, former: telling.rounds == 0 ? telling.former : nil, base: telling.rounds,
      counts: found.prefix(limit).map { CountRound.Count(key: $0.key.word, count: Int64($0.count)) },
      heard: others.mapValues(\.number))
    telling.rounds = round.number
    self.telling = telling
    return round
  }

  /// There are so many at one gateway that all together may have too many. Then each tells of it, and the limit holds to the last one.
  private func isWorthTelling(_ key: StandingKey) -> Bool {
    let largest = others.values.reduce(here(key)) { max($0, $1.counts[key] ?? 0) }
    return largest * Self.gateways >= limit(of: key)
  }

  /// What the others have told since, and whether the server still knows what was told from here.
  /// - Parameter name: by which everything is told anew if it does not.
  mutating func hear(_ news: StandingNews, next name: String) {
    let alive = Set(news.others.map(\.name))
    for (other, standing) in others where !alive.contains(other) {
      others[other] = nil
      look(at: standing.counts.keys)
    }
    for other in news.others {
      if other.isWhole, let before = others.removeValue(forKey: other.name) { look(at: before.counts.keys) }
      others[other.name, default: Other()].number = other.number
      for count in other.counts {
        guard let key = StandingKey(word: count.key) else { continue }
        others[other.name]?.counts[key] = count.count > 0 ? Int(min(count.count, Self.most)) : nil
        look(at: CollectionOfOne(key))
      }
    }
    if !news.isKept { tellAnew(as: name) }
  }

  /// What others have decides whether it is worth telling what is here.
  private mutating func look(at keys: some Collection<StandingKey>) {
    for key in keys where own[key] != nil { telling?.changed.insert(key) }
  }

  /// The server is away: nobody knows what the others have by now, nor what they know of this gateway.
  mutating func beAlone(next name: String) {
    others = [:]
    tellAnew(as: name)
  }

  /// Tells nobody any more. Gives the name under which something was told.
  mutating func endTelling() -> String? {
    defer { telling = nil }
    return telling?.rounds == 0 ? nil : telling?.name
  }
}
