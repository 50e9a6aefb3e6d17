import HTTP
import Synchronization
import Wire

/// Says the word of a profile that it has for "still at work", where nothing else was said for a while.
final class ProfilePulse: Sendable {
  private let stream: EventStream
  private let interval: Duration
  private let clock: GatewayClock
  private let last = Mutex(ContinuousClock.now)

  init(stream: EventStream, every interval: Duration, clock: GatewayClock) {
    (self.stream, self.interval, self.clock) = (stream, interval, clock)
  }

  func hasSent() {
    last.withLock { $0 = .now }
  }

  /// Runs until it is cancelled, or the stream is over; a profile without such a word needs none of it.
  func run(_ telling: any ProfileTelling) async throws {
    guard telling.heartbeat(at: 0) != nil else { return }
    while !Task.isCancelled {
      try await ContinuousClock().sleep(until: last.withLock { $0 } + interval)
      guard last.withLock({ $0 }) + interval <= .now else { continue }
      guard let beat = telling.heartbeat(at: clock.milliseconds()) else { return }
      hasSent()
      try await stream.announce(ServerSentEvent(beat))
    }
  }
}
