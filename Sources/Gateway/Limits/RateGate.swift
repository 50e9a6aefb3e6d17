import HTTP
import Identity
import Journal
import Synchronization

/// Counts what addresses and principals ask for. Any thread: one short lock for each count, and each table has its own.
///
/// Gateways of one journal tell each other what they admitted: see `CountSharing`.
final class RateGate: Sendable {
  enum Kind: Sendable, Hashable {
    case request, signIn, submit, command
  }

  private let clock: GatewayClock
  private let requestsOfAddresses: Table
  private let signInsOfAddresses: Table
  private let requestsOfPrincipals: Table
  private let submitsOfPrincipals: Table
  private let commandsOfPrincipals: Table

  init(limits: IdentityConfiguration.RateLimits, clock: GatewayClock) {
    self.clock = clock
    requestsOfAddresses = Table("requests from this address", limits.requestsPerAddress)
    signInsOfAddresses = Table("tries to sign in from this address", limits.signInsPerAddress)
    requestsOfPrincipals = Table("requests", limits.requestsPerPrincipal)
    submitsOfPrincipals = Table("tasks begun", limits.submitsPerPrincipal)
    commandsOfPrincipals = Table("commands", limits.commandsPerPrincipal)
  }

  /// Throws 429 with Retry-After when this address has asked too often.
  /// - Parameter address: `SocketAddress.neighbourhood`.
  func pass(_ kind: Kind, address: String) throws(Refusal) {
    switch kind {
    case .request, .submit, .command: try requestsOfAddresses.pass(address, now: clock.now())
    case .signIn: try signInsOfAddresses.pass(address, now: clock.now())
    }
  }

  /// Throws 429 with Retry-After when this principal has asked too often.
  func pass(_ kind: Kind, principal: String) throws(Refusal) {
    switch kind {
    case .request, .signIn: try requestsOfPrincipals.pass(principal, now: clock.now())
    case .submit: try submitsOfPrincipals.pass(principal, now: clock.now())
    case .command: try commandsOfPrincipals.pass(principal, now: clock.now())
    }
  }
}

extension RateGate {
  /// What each table's keys begin with where they are told. Other versions of the gateway read them, too.
  private var tables: [(letter: Character, table: Table)] {
    [
      ("a", requestsOfAddresses), ("s", signInsOfAddresses), ("p", requestsOfPrincipals),
      ("b", submitsOfPrincipals), ("c", commandsOfPrincipals),
    ]
  }

  /// From now on what is admitted is noted for the others.
  func beginTelling() {
    for (_, table) in tables { table.beginTelling() }
  }

  /// What was admitted since it was asked for before. Of too many keys, those that have used most of their limit; what is left out counts
  /// here alone.
  func takeUntold(limit: Int) -> [CountRound.Count] {
    var found: [(share: Double, count: CountRound.Count)] = []
    for (letter, table) in tables {
      for (key, count) in table.takeUntold() {
        found.append((Double(count) / Double(table.perMinute), CountRound.Count(key: "\(letter)\(key)", count: count)))
      }
    }
    if found.count > limit { found.sort { $0.share > $1.share } }
    return found.prefix(limit).map(\.count)
  }

  /// Takes off what another gateway has admitted.
  func hear(_ round: CountRound) {
    let now = clock.now()
    let tables = tables
    for count in round.counts {
      // A table that is not known here is a newer gateway's.
      guard let table = tables.first(where: { $0.letter == count.key.first })?.table else { continue }
      table.charge(String(count.key.dropFirst()), count.count, age: round.age, now: now)
    }
  }
}

extension RateGate {
  private final class Table: Sendable {
    let perMinute: Int
    private let what: String
    private let buckets: Mutex<RateBuckets>

    init(_ what: String, _ perMinute: Int) {
      self.what = what
      self.perMinute = perMinute
      buckets = Mutex(RateBuckets(perMinute: perMinute))
    }

    func pass(_ key: String, now: UnixTime) throws(Refusal) {
      if let seconds = buckets.withLock({ $0.take(key, now: now) }) { throw .tooMany(what, retryAfter: seconds) }
    }

    func beginTelling() { buckets.withLock { $0.beginTelling() } }
    func takeUntold() -> [String: Int64] { buckets.withLock { $0.takeUntold() } }

    func charge(_ key: String, _ count: Int64, age: Int64, now: UnixTime) {
      buckets.withLock { $0.charge(key, count, age: age, now: now) }
    }
  }
}
