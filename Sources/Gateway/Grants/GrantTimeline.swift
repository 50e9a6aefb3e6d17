import Identity

/// One stream's right in time: a value that is told what happens, says when it wants to be asked again, and then what there is to say.
struct GrantTimeline: Sendable, Equatable {
  /// Seconds between the warning and the end.
  static let warning: Int64 = 60

  private enum Phase {
    case quiet
    /// That it will end has been said.
    case warned
    case over
  }

  private(set) var ends: UnixTime
  private var phase = Phase.quiet

  init(until end: UnixTime) {
    ends = end
  }

  /// When to ask again. Nil: never.
  var next: UnixTime? {
    switch phase {
    case .quiet: ends.adding(seconds: -Self.warning)
    case .warned: ends
    case .over: nil
    }
  }

  /// It has not come to its end.
  func isGood(at now: UnixTime) -> Bool { phase != .over && now < ends }

  /// What is to be said by now, each thing once.
  mutating func check(at now: UnixTime) -> GrantNotice? {
    guard let next, now >= next else { return nil }
    guard now < ends else { return end(.expired) }
    phase = .warned
    return .expiring(at: ends)
  }

  /// The right lasts longer than was said. An earlier end changes nothing: what was good until then stays so. One that comes after the
  /// end comes too late.
  mutating func extend(until end: UnixTime, at now: UnixTime) -> [GrantNotice] {
    if now >= ends { return check(at: now).map { [$0] } ?? [] }
    guard phase != .over, end > ends else { return [] }
    ends = end
    phase = .quiet
    return [.refreshed(until: end)] + (check(at: now).map { [$0] } ?? [])
  }

  /// Nil when it is over already.
  mutating func end(_ reason: GrantEnd) -> GrantNotice? { close(with: .ended(reason)) }

  /// The same for a right that is good, and is of no use here any more.
  mutating func sendAway(retry: Int?) -> GrantNotice? { close(with: .sentAway(retryMilliseconds: retry)) }

  private mutating func close(with last: GrantNotice) -> GrantNotice? {
    guard phase != .over else { return nil }
    phase = .over
    return last
  }
}
