/// Words on their way to people, held back so that they come ten times a second and not a hundred times.
struct WordPieces {
  private static let pause: Duration = .milliseconds(100)

  private var waiting = ""
  private var last: ContinuousClock.Instant?

  /// What is to be shown now.
  mutating func add(_ words: String, at now: ContinuousClock.Instant) -> String? {
    waiting += words
    if let last, now - last < Self.pause { return nil }
    last = now
    return rest()
  }

  mutating func rest() -> String? {
    guard !waiting.isEmpty else { return nil }
    defer { waiting = "" }
    return waiting
  }
}
