import Synchronization
import TestSupport

/// Cuts every connection after some bytes, at most so many: in the middle of a handshake, a head, a chunk or an event, as it comes.
final class BadLine: Sendable {
  private let random: Mutex<SeededRandom>
  private let limit: Int

  init(seed: UInt64, upTo limit: Int) {
    random = Mutex(SeededRandom(seed: seed))
    self.limit = limit
  }

  @Sendable func next() -> Relay.Fate {
    random.withLock { random in
      .cut(after: Int.random(in: 1...limit, using: &random), byReset: Bool.random(using: &random))
    }
  }
}
