import Synchronization

/// Names for batches, of which no two are alike, whichever gateway gives them.
final class BatchNames: Sendable {
  private let start = String(UInt64.random(in: .min ... .max), radix: 36)
  private let turn = Turn()

  func next() -> String { "\(start)-\(String(turn.next(), radix: 36))" }
}
