/// Holds the gateway to its word: what is followed comes once, in order, and without a hole.
struct OrderCheck: Sendable {
  /// Of tasks that were named, none may be missing. Of all tasks the policy may hide some, and bring them back.
  private let allowsHoles: Bool
  /// The first record of a task is its first, because it was asked for from the beginning.
  private var beginsAtOne: Bool
  private var offset: Int64 = -1
  private var seqs: [String: Int64] = [:]

  init(_ target: TailTarget, fromTheBeginning: Bool) {
    allowsHoles = target == .all
    beginsAtOne = fromTheBeginning && target != .all
  }

  /// The stream goes on elsewhere, and has said so.
  mutating func reset() {
    offset = -1
    seqs = [:]
    beginsAtOne = false
  }

  /// Nil when it is what has to come; a sentence when it is not.
  mutating func fault(_ record: StreamRecord) -> String? {
    let place = "event \(record.seq) of \(TerminalText.line(record.task, limit: 80))"
    guard record.offset > offset else {
      return "The gateway sent \(place) again, or out of order. \(Self.advice)"
    }
    offset = record.offset
    if allowsHoles { return nil }
    let expected = seqs[record.task].map { $0 + 1 } ?? (beginsAtOne ? 1 : record.seq)
    seqs[record.task] = record.seq
    guard record.seq != expected else { return nil }
    return "The gateway sent \(place) where event \(expected) had to come. \(Self.advice)"
  }

  private static let advice = "This is an error of the gateway; its operator should hear of it."
}
