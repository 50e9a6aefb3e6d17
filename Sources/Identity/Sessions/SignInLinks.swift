import Synchronization

/// One-time links by which people sign in. In memory alone: whoever restarts the gateway makes new ones. Any thread.
package final class SignInLinks: Sendable {
  /// So many are open already.
  package struct Full: Error, Sendable, Equatable {
    package let nextEnd: UnixTime
  }

  private let life: Int64
  private let limit: Int
  private let table = Mutex(SignInLinkTable())

  /// - Parameters:
  ///   - life: seconds for which a link is good.
  ///   - limit: how many may be open.
  package init(life: Int64, limit: Int = 1000) {
    self.life = life
    self.limit = limit
  }

  /// A new link for this name of the policy.
  package func make(for name: String, now: UnixTime) throws(Full) -> (token: String, expires: UnixTime) {
    let token = SecureRandom.token()
    let expires = now.adding(seconds: life)
    let nextEnd: UnixTime? = table.withLock { table in
      table.add(token, for: name, expires: expires, now: now, limit: limit) ? nil : table.nextEnd ?? expires
    }
    if let nextEnd { throw Full(nextEnd: nextEnd) }
    return (token, expires)
  }

  /// The name that a link was made out to; nil when it was used, has expired, or never was. It is not good a second time.
  package func redeem(_ token: String, now: UnixTime) -> String? {
    // What is not as long as a link is not looked at.
    guard token.utf8.count <= 64 else { return nil }
    return table.withLock { $0.take(token, now: now) }
  }
}
