/// Rounds of removal by a clock that somebody may set.
///
/// Ages count only while that clock has run evenly for a while. So a date that is wrong at the start, or set wrong later, removes nothing
/// before there was time to put it right; and one that is set back only keeps things longer. Numbers count always.
package struct RetentionSweep: Sendable {
  /// What a round has done.
  package struct Round: Sendable, Equatable {
    package let trimmed: Trimmed
    /// By how many milliseconds the clock was set since the round before, if it was.
    package let jump: Int64?

    package init(trimmed: Trimmed, jump: Int64?) {
      self.trimmed = trimmed
      self.jump = jump
    }
  }

  /// Milliseconds for which the clock must have run evenly.
  static let patience: Int64 = 3_600_000
  /// Milliseconds from one round to the next that are no jump, but a clock that is being put right little by little.
  static let tolerance: Int64 = 60_000

  /// May be changed between two rounds.
  package var retention: Retention
  private var look: Look?

  private struct Look {
    /// How far the clock is ahead of the steady one.
    var lead: Int64
    /// By the steady one.
    var evenSince: Int64
  }

  package init(_ retention: Retention) {
    self.retention = retention
  }

  /// One round; every few minutes.
  /// - Parameters:
  ///   - now: milliseconds since 1970.
  ///   - steady: milliseconds of a clock that nobody sets.
  package mutating func run(
    on journal: any Journal, now: Int64, steady: Int64
  ) async throws(JournalError) -> Round {
    let jump = compare(now, steady)
    var due = retention
    if let look, steady - look.evenSince < Self.patience { due.age = nil }
    return Round(trimmed: try await journal.trim(due, now: now), jump: jump)
  }

  private mutating func compare(_ now: Int64, _ steady: Int64) -> Int64? {
    let lead = now - steady
    guard let last = look else {
      look = Look(lead: lead, evenSince: steady)
      return nil
    }
    guard abs(lead - last.lead) > Self.tolerance else {
      look?.lead = lead
      return nil
    }
    look = Look(lead: lead, evenSince: steady)
    return lead - last.lead
  }
}
