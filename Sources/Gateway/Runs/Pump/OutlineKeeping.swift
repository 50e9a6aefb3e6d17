/// When what lists show of a task is stored with its records: at once where something is said, begun or ended; how far a call has come now and
/// then, because some tell of it a thousand times a second, and to store that costs a third of storing the record.
struct OutlineKeeping: Sendable {
  /// Milliseconds.
  static let pause: Int64 = 1000

  private var stored: TaskOutline?
  private var storedAt: Int64 = 0

  /// - Parameter now: on the steady clock.
  func isDue(_ outline: TaskOutline, at now: Int64) -> Bool {
    guard let stored else { return true }
    guard outline != stored else { return false }
    return !outline.says(asMuchAs: stored) || now - storedAt >= Self.pause
  }

  mutating func didStore(_ outline: TaskOutline, at now: Int64) {
    (stored, storedAt) = (outline, now)
  }
}
