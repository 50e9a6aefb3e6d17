import Identity

/// What is known of an issuer's keys, and when to ask for them again. A value: the time and what came go in, what to do comes out.
///
/// `Cache-Control` and the like are not looked at: how old keys may get is for the operator of the gateway to say, not for a server that
/// may have been set up for something else. The last good keys stay for as long as no others can be had.
struct KeyCache {
  /// What somebody who needs keys has to do.
  enum Action {
    case use(KeySet, version: Int)
    /// These may be used while others are fetched.
    case useAndFetch(KeySet, version: Int)
    case fetchAndWait
    /// Somebody else is fetching already.
    case wait
    /// There are none, or no newer ones, and it is too early to ask again.
    case giveUp
  }

  /// What is worth telling when a fetch is over.
  enum Change: Equatable {
    case first
    case outage
    case recovery
  }

  private enum Known {
    case nothing
    case keys(KeySet, since: UnixTime)
  }

  private enum Fetching {
    /// - Parameters:
    ///   - last: when the last fetch was over; nil when the next one may begin at once.
    ///   - failed: whether it has failed.
    case idle(last: UnixTime?, failed: Bool)
    case underWay(afterFailure: Bool)
  }

  /// So long after one fetch comes the next at the earliest, however many tokens ask for it, and whether or not it failed.
  static let retrySeconds: Int64 = 30

  private let refreshSeconds: Int64
  private var known = Known.nothing
  private var fetching = Fetching.idle(last: nil, failed: false)
  /// Counts key sets, so that one can tell whether there are others than before.
  private var version = 0
  private var mustRefresh = false

  init(refreshSeconds: Int64) {
    self.refreshSeconds = refreshSeconds
  }

  /// Somebody has a token to judge.
  mutating func needKeys(at now: UnixTime) -> Action {
    guard case .keys(let keys, let since) = known else { return begin(at: now) }
    let age = now.seconds - since.seconds
    // Younger than nothing: the clock was set back.
    guard mustRefresh || age >= refreshSeconds || age < 0 else { return .use(keys, version: version) }
    switch begin(at: now) {
    case .fetchAndWait:
      // Keys that nobody has asked for in a long time are not used once more, unless the issuer does not answer.
      return age >= 2 * refreshSeconds && !hasFailed ? .fetchAndWait : .useAndFetch(keys, version: version)
    case .wait where age >= 2 * refreshSeconds && !hasFailed: return .wait
    default: return .use(keys, version: version)
    }
  }

  /// Somebody has a token that is signed with none of the keys of this version.
  mutating func needOthers(than seen: Int, at now: UnixTime) -> Action {
    if version != seen, case .keys(let keys, _) = known { return .use(keys, version: version) }
    return begin(at: now)
  }

  /// The keys are to be fetched anew at the next opportunity: an operator says so.
  mutating func invalidate() {
    mustRefresh = true
    if case .idle = fetching { fetching = .idle(last: nil, failed: hasFailed) }
  }

  mutating func finish(with keys: KeySet, at now: UnixTime) -> Change? {
    let change: Change? =
      if hasFailed { .recovery } else if case .nothing = known { .first } else { nil }
    known = .keys(keys, since: now)
    fetching = .idle(last: now, failed: false)
    mustRefresh = false
    version += 1
    return change
  }

  mutating func fail(at now: UnixTime) -> Change? {
    let change: Change? = hasFailed ? nil : .outage
    fetching = .idle(last: now, failed: true)
    return change
  }

  /// Since when the keys are known; nil when there are none.
  var keysSince: UnixTime? {
    if case .keys(_, let since) = known { since } else { nil }
  }

  /// The last fetch that is over has failed.
  private var hasFailed: Bool {
    switch fetching {
    case .idle(_, let failed), .underWay(let failed): failed
    }
  }

  /// Begins a fetch, if there is none and it is time for one.
  private mutating func begin(at now: UnixTime) -> Action {
    switch fetching {
    case .underWay: return .wait
    // Both ways: threads look at the clock one after the other and come here in another order; an hour back, it was set.
    case .idle(let last?, _) where abs(now.seconds - last.seconds) < Self.retrySeconds: return .giveUp
    case .idle(_, let failed):
      fetching = .underWay(afterFailure: failed)
      return .fetchAndWait
    }
  }
}
