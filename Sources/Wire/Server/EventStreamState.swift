/// What an exchange keeps for its event stream. Belongs to the connection's actor and never leaves it.
final class EventStreamState {
  let options: EventStreamOptions
  /// False for HTTP/1.0.
  let isChunked: Bool
  let pulse: LoopTimer
  var lastWrite: ContinuousClock.Instant
  private var line = LineWatch()
  private(set) var ended: EventStreamEnd?
  private var waiters: [CheckedContinuation<EventStreamEnd, Never>] = []

  init(_ options: EventStreamOptions, isChunked: Bool, pulse: LoopTimer, now: ContinuousClock.Instant) {
    self.options = options
    self.isChunked = isChunked
    self.pulse = pulse
    lastWrite = now
  }

  /// Once; later ends change nothing.
  func end(_ end: EventStreamEnd) {
    guard ended == nil else { return }
    ended = end
    pulse.stop()
    let waiting = waiters
    waiters = []
    for waiter in waiting { waiter.resume(returning: end) }
  }

  /// Looks whether the peer is still there. True when its line is dead.
  func looksDead(_ unheard: Duration?, now: ContinuousClock.Instant) -> Bool {
    line.look(unheard, limit: options.silence, now: now)
  }

  /// When there is something to do again.
  var nextPulse: ContinuousClock.Instant {
    let beat = lastWrite + options.heartbeat
    return line.since.map { min(beat, $0 + options.silence) } ?? beat
  }

  func wait(_ continuation: CheckedContinuation<EventStreamEnd, Never>) {
    if let ended { continuation.resume(returning: ended) } else { waiters.append(continuation) }
  }
}
