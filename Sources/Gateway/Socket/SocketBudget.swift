/// How many messages a client may still send: a bucket that fills at an even pace. A value: time comes in.
struct SocketBudget: Sendable {
  enum Verdict: Sendable, Equatable {
    case passes
    /// Not now: try again after so many seconds.
    case refused(retryAfter: Int)
    /// It has been too much for too long.
    case flood
  }

  private let limits: SocketLimits
  private var level: Double
  private var filled: ContinuousClock.Instant
  /// When it was used up, until it has recovered.
  private var emptySince: ContinuousClock.Instant?

  init(_ limits: SocketLimits, now: ContinuousClock.Instant) {
    self.limits = limits
    level = Double(limits.burst)
    filled = now
  }

  /// - Parameter cost: 1 for a message; more for a large one.
  mutating func take(_ cost: Double, at now: ContinuousClock.Instant) -> Verdict {
    level = min(Double(limits.burst), level + (now - filled) / .seconds(1) * Double(limits.messagesPerSecond))
    filled = now
    // A moment's rest under a flood is no recovery.
    if level >= Double(limits.burst) / 2 { emptySince = nil }
    guard level < cost else {
      level -= cost
      return .passes
    }
    let since = emptySince ?? now
    emptySince = since
    if now - since >= limits.floodAfter { return .flood }
    return .refused(retryAfter: max(1, Int(((cost - level) / Double(limits.messagesPerSecond)).rounded(.up))))
  }
}
