/// Watches over one WebSocket: a value that is told what happens, says when it wants to be asked, and then what to do.
///
/// A peer that says nothing is asked by a ping. One that gives no sign of life in answer is dead, unless it still takes what is
/// sent: the ping may be waiting behind a backlog. While nobody listens no answer is expected, but a peer that is gone is found out
/// by writing to it, and by nothing else.
struct WebSocketVigil: Sendable {
  enum Verdict: Sendable, Equatable {
    /// Ask again at `next`.
    case wait
    case ping
    case dead
    /// The closing handshake, or the opening one, took too long.
    case overdue
  }

  private enum Phase {
    case shakingHands(until: ContinuousClock.Instant)
    case listening(until: ContinuousClock.Instant)
    case awaitingSign(until: ContinuousClock.Instant, delivered: Int)
  }

  private let pingAfter: Duration
  private let pongWithin: Duration
  private let handshakeWithin: Duration
  private var phase: Phase
  private var lastHeard: ContinuousClock.Instant

  init(_ options: WebSocketOptions, now: ContinuousClock.Instant) {
    pingAfter = options.pingAfter
    pongWithin = options.pongWithin
    handshakeWithin = options.closeWithin
    phase = .shakingHands(until: now + handshakeWithin)
    lastHeard = now
  }

  var next: ContinuousClock.Instant {
    switch phase {
    case .shakingHands(let until), .listening(let until), .awaitingSign(let until, _): until
    }
  }

  /// The opening handshake is done.
  mutating func opened(at now: ContinuousClock.Instant) {
    lastHeard = now
    phase = .listening(until: now + pingAfter)
  }

  /// Any byte of the peer is a sign of life.
  mutating func heard(at now: ContinuousClock.Instant) {
    lastHeard = now
  }

  /// A close frame has gone out.
  mutating func closing(at now: ContinuousClock.Instant) {
    phase = .shakingHands(until: now + handshakeWithin)
  }

  /// - Parameters:
  ///   - delivered: bytes that the peer has taken in all.
  ///   - isListening: whether what the peer says is being read; if not, its silence is our doing.
  mutating func check(at now: ContinuousClock.Instant, delivered: Int, isListening: Bool) -> Verdict {
    guard now >= next else { return .wait }
    switch phase {
    case .shakingHands:
      return .overdue
    case .listening:
      guard isListening else {
        phase = .listening(until: now + pingAfter)
        return .ping
      }
      guard lastHeard + pingAfter <= now else {
        phase = .listening(until: lastHeard + pingAfter)
        return .wait
      }
      phase = .awaitingSign(until: now + pongWithin, delivered: delivered)
      return .ping
    case .awaitingSign(let until, let before):
      if lastHeard > until - pongWithin || !isListening {
        phase = .listening(until: max(lastHeard, isListening ? lastHeard : now) + pingAfter)
        return .wait
      }
      guard delivered > before else { return .dead }
      phase = .awaitingSign(until: now + pongWithin, delivered: delivered)
      return .wait
    }
  }
}
