package import Identity
import Synchronization

/// What is known at this moment about who is who: the policy, the keys, the sessions. Any thread.
package final class Identities: Sendable {
  package let configuration: IdentityConfiguration
  package let clock: GatewayClock
  package let sessions: SessionKeeper
  /// Judges bearer tokens. Nil: none is good.
  let keys: (any KeySource)?
  private let policyNow: Mutex<Policy>

  init(
    configuration: IdentityConfiguration, clock: GatewayClock, sessions: SessionKeeper, policy: Policy,
    keys: (any KeySource)? = nil
  ) {
    self.configuration = configuration
    self.clock = clock
    self.sessions = sessions
    self.keys = keys
    policyNow = Mutex(policy)
  }

  package var policy: Policy {
    get { policyNow.withLock { $0 } }
    set { policyNow.withLock { $0 = newValue } }
  }
}
