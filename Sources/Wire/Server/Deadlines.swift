/// How long each stage of a connection may last. No stage is without a bound: one byte every few seconds gets a client nowhere.
package struct Deadlines: Sendable, Equatable {
  /// From the accepted socket to the first byte of a request, TLS handshake included. Default 10 s.
  package var handshake: Duration = .seconds(10)
  /// From the first byte of a head to its end. Default 10 s.
  package var head: Duration = .seconds(10)
  /// A whole body. Default 60 s.
  package var body: Duration = .seconds(60)
  /// Sending a whole answer that does not stream. Default 5 min.
  package var answer: Duration = .seconds(300)
  /// Between two requests. Default 60 s.
  package var idle: Duration = .seconds(60)
  /// From our goodbye to the peer's. Default 2 s.
  package var linger: Duration = .seconds(2)
  /// The slowest pace at which a body may come and an answer be taken.
  package var minimumRate = MinimumRate()

  package init() {}
}

/// So many bytes in each window, while there is something to move.
package struct MinimumRate: Sendable, Equatable {
  /// Default 256 bytes a second.
  package var bytesPerSecond = 256
  /// Default 5 s.
  package var window: Duration = .seconds(5)

  package init() {}

  var bytesPerWindow: Int { max(1, Int(Double(bytesPerSecond) * (window / .seconds(1)))) }
}

/// One stage of a connection under watch: a value that is asked when it wants to be looked at again, and what it finds then.
struct Watch: Sendable, Equatable {
  /// What the connection is waiting for.
  enum Stage: Sendable, Equatable {
    case handshake, idle, head, body, handler, answer, goodbye
  }

  let stage: Stage
  private let end: ContinuousClock.Instant?
  private let rate: MinimumRate?
  private var windowEnd: ContinuousClock.Instant?
  private var movedInWindow = 0

  init(_ stage: Stage, until end: ContinuousClock.Instant?, rate: MinimumRate? = nil, now: ContinuousClock.Instant) {
    self.stage = stage
    self.end = end
    self.rate = rate
    windowEnd = rate.map { now + $0.window }
  }

  /// Counts bytes that went the way this stage is about.
  mutating func moved(_ bytes: Int, in stage: Stage) {
    if stage == self.stage { movedInWindow += bytes }
  }

  /// When to ask next.
  var next: ContinuousClock.Instant? {
    guard let end else { return windowEnd }
    return windowEnd.map { min($0, end) } ?? end
  }

  /// True when the stage has lasted too long or moved too little. Otherwise the next window begins.
  mutating func isOver(at now: ContinuousClock.Instant) -> Bool {
    if let end, now >= end { return true }
    guard let rate, let windowEnd, now >= windowEnd else { return false }
    if movedInWindow < rate.bytesPerWindow { return true }
    movedInWindow = 0
    self.windowEnd = now + rate.window
    return false
  }
}
