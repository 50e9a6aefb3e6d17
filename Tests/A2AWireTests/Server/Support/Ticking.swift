import Synchronization

/// A clock that moves on by a second each time somebody looks.
final class Ticking: Sendable {
  private let seconds = Mutex<Int64>(0)

  func next() -> Int64 {
    seconds.withLock { seconds in
      seconds += 1
      return seconds
    }
  }
}
