import HTTP
import Identity
import Synchronization

/// Counts what addresses and principals ask for. Any thread: one short lock for each count, and each table has its own.
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
  private final class Table: Sendable {
    private let what: String
    private let buckets: Mutex<RateBuckets>

    init(_ what: String, _ perMinute: Int) {
      self.what = what
      buckets = Mutex(RateBuckets(perMinute: perMinute))
    }

    func pass(_ key: String, now: UnixTime) throws(Refusal) {
      if let seconds = buckets.withLock({ $0.take(key, now: now) }) { throw .tooMany(what, retryAfter: seconds) }
    }
  }
}
