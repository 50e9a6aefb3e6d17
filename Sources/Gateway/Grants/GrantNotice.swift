import Identity

/// What happens to a stream's right.
enum GrantNotice: Sendable, Equatable {
  /// It will end then, unless it is refreshed.
  case expiring(at: UnixTime)
  /// It ends later than was said.
  case refreshed(until: UnixTime)
  /// This browser session holds so many streams that the next may not get through.
  case crowded(streams: Int, limit: Int)
  /// Whoever holds it may have become somebody who may do other things. Told to those who have asked for it.
  case reconsidered
  /// Whoever holds it is the same, and may do other things than before.
  case changed
  /// The gateway is going away, and it has come to this one's turn. The last one. Nil: nothing speaks against coming back at once, elsewhere.
  case sentAway(retryMilliseconds: Int?)
  /// The last one.
  case ended(GrantEnd)
}

extension GrantNotice {
  /// Nothing comes behind it.
  var isLast: Bool {
    switch self {
    case .sentAway, .ended: true
    case .expiring, .refreshed, .crowded, .reconsidered, .changed: false
    }
  }
}

/// Why a right is over. Clients see the raw value as the reason of their `bye`.
enum GrantEnd: String, Sendable {
  case expired
  /// The session was ended, or the policy no longer knows the credential, or knows it as somebody else's.
  case revoked
  /// The policy knows who it is, and no longer lets them see what the stream shows.
  case forbidden
}
