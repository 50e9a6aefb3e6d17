package import Wire

/// How a stream came to its end before the task on it did.
package enum StreamCut: Sendable, Equatable {
  /// The agent has closed it properly.
  case closed
  /// No byte came for this long, no heartbeat either.
  case silent(after: Duration)
  /// The connection is lost.
  case lost(ClientError)

  /// Nil for what is more than a lost connection: broken rules, limits, an end of our own making.
  init?(_ error: ClientError) {
    switch error.reason {
    case .timedOut(.body, let limit): self = .silent(after: limit)
    case .brokenOff, .refusedByPeer: self = .lost(error)
    default: return nil
    }
  }
}
