import Synchronization

/// How many connections a listener carries, in all and from one address. Shared by its loops; touched once as a connection comes
/// and once as it goes.
final class Admission: Sendable {
  private let limits: ConnectionLimits
  private let counts = Mutex(Counts())

  private struct Counts {
    var total = 0
    var byHost: [String: Int] = [:]
  }

  enum Verdict: Sendable, Equatable {
    case admitted
    case full
    case tooManyFromAddress
  }

  init(limits: ConnectionLimits) {
    self.limits = limits
  }

  var total: Int { counts.withLock { $0.total } }

  func enter(_ host: String) -> Verdict {
    counts.withLock { counts in
      guard counts.total < limits.total else { return .full }
      let fromHost = counts.byHost[host, default: 0]
      guard fromHost < limits.perAddress else { return .tooManyFromAddress }
      counts.total += 1
      counts.byHost[host] = fromHost + 1
      return .admitted
    }
  }

  func leave(_ host: String) {
    counts.withLock { counts in
      counts.total -= 1
      let rest = counts.byHost[host, default: 1] - 1
      counts.byHost[host] = rest == 0 ? nil : rest
    }
  }
}

/// Bounds on connections. One that comes above them is reset at once, so that an honest client knows.
package struct ConnectionLimits: Sendable, Equatable {
  /// In all, over all loops. Default 10,000.
  package var total = 10_000
  /// From one address. Default 1,000.
  package var perAddress = 1_000

  package init() {}
}
