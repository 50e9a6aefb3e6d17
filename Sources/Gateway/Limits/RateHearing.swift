import Journal

/// How far a gateway has heard what the others count. A value: time comes in, as seconds of a clock that nobody sets.
struct RateHearing: Sendable {
  private let name: String
  private var place: String?
  private var heard: Int64?
  /// The last round of each gateway, and when it was heard.
  private var last: [String: (number: Int64, at: Int64)] = [:]

  /// - Parameter name: of this gateway, whose rounds are not heard.
  init(name: String) {
    self.name = name
  }

  /// Behind what the next news are to be. Nil after a pause so long that what was told meanwhile does not matter any more, and at the start.
  mutating func next(now: Int64) -> String? {
    if let heard, now - heard >= RateBuckets.secondsToFill { place = nil }
    return place
  }

  /// What is to be counted of the news: what is another's, and was not heard before.
  mutating func hear(_ news: CountNews, now: Int64) -> [CountRound] {
    place = news.place
    heard = now
    // A gateway has another name after each start.
    last = last.filter { now - $0.value.at < 2 * RateBuckets.secondsToFill }
    return news.rounds.filter { round in
      guard round.from != name, round.number > last[round.from]?.number ?? 0 else { return false }
      last[round.from] = (round.number, now)
      return true
    }
  }
}
