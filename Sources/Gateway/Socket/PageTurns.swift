import Wire

/// Whose turn it is to read and send a page of history: one subscription of a socket after the other, so that the longest history keeps
/// nobody waiting for more than a page, and only one page waits to be taken by the client.
struct PageTurns {
  private var isTaken = false
  private var waiting: [CheckedContinuation<Void, Never>] = []

  /// True when it is the asker's turn at once.
  mutating func take() -> Bool {
    guard !isTaken else { return false }
    isTaken = true
    return true
  }

  mutating func wait(_ continuation: CheckedContinuation<Void, Never>) {
    if take() { continuation.resume() } else { waiting.append(continuation) }
  }

  /// The next one's turn.
  mutating func release() {
    if waiting.isEmpty { isTaken = false } else { waiting.removeFirst().resume() }
  }
}
