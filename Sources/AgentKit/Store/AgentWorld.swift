package import A2A
import Wire

/// What tasks take from outside themselves, as parameters: the time of day, a clock that only goes forward, and names
/// for things.
package struct AgentWorld: Sendable {
  package let now: @Sendable () -> Timestamp
  /// Time since some moment.
  package let uptime: @Sendable () -> Duration
  /// Throws when the waiting task is cancelled.
  package let sleep: @Sendable (Duration) async throws -> Void
  /// A name that nobody has guessed or used: tasks, contexts, messages, configurations.
  package let newID: @Sendable () -> String

  package init(
    now: @escaping @Sendable () -> Timestamp, uptime: @escaping @Sendable () -> Duration,
    sleep: @escaping @Sendable (Duration) async throws -> Void, newID: @escaping @Sendable () -> String
  ) {
    self.now = now
    self.uptime = uptime
    self.sleep = sleep
    self.newID = newID
  }

  /// The real ones.
  package static let system: AgentWorld = {
    let start = ContinuousClock.now
    return AgentWorld(
      now: { Timestamp(millisecondsSince1970: UnixClock.milliseconds()) },
      uptime: { ContinuousClock.now - start },
      sleep: { try await Task.sleep(for: $0) },
      newID: randomID)
  }()

  /// 122 random bits in the form of a UUID of version 4.
  private static func randomID() -> String {
    var random = SystemRandomNumberGenerator()
    let high = random.next() & 0xFFFF_FFFF_FFFF_0FFF | 0x4000
    let low = random.next() & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
    let digits = [high, low].map { number in
      let text = String(number, radix: 16)
      return String(repeating: "0", count: 16 - text.count) + text
    }.joined()
    var id = ""
    for (index, digit) in digits.enumerated() {
      if [8, 12, 16, 20].contains(index) { id.append("-") }
      id.append(digit)
    }
    return id
  }
}
