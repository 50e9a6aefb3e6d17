import A2A
import A2AWire
import Identity

/// How an agent is, as the gateway's own looks at it have shown. A value: what was found goes in, what has changed comes out.
struct AgentHealth: Sendable, Equatable {
  enum State: String, Sendable, CaseIterable {
    /// It has not been looked at yet.
    case unseen
    case well
    /// It cannot be reached, does not want us, or answers that it cannot just now. It may be back with the next look.
    case away
    /// It is there, and is not to be trusted with tasks: somebody has to mend something.
    case quarantined
  }

  /// What a look that failed has found.
  struct Trouble: Sendable, Equatable {
    let text: String
    let time: UnixTime
  }

  /// What there is to tell.
  enum Change: Sendable, Equatable {
    /// It is well, for the first time or again.
    case found
    /// Its card is another one.
    case newCard
    case lost(String)
    case quarantined(String)
  }

  private(set) var state = State.unseen
  /// When it came into this state.
  private(set) var since: UnixTime?
  /// The last one that was good.
  private(set) var card: AgentCard?
  private(set) var dialect: Dialect?
  /// When that was seen, or found to be still the one.
  private(set) var lastSeen: UnixTime?
  /// The last that was found, though all may be well by now.
  private(set) var lastTrouble: Trouble?
  /// When the certificate ends that it last showed, in seconds since 1970.
  private(set) var certificateEnd: Int64?
  /// Looks in a row that have failed.
  private(set) var failures = 0

  /// It showed a card that is good.
  mutating func saw(_ card: AgentCard, in dialect: Dialect, certificateEnd: Int64?, at now: UnixTime) -> Change? {
    let change: Change? = state == .well ? (self.card == card ? nil : .newCard) : .found
    enter(.well, at: now)
    self.card = card
    self.dialect = dialect
    self.certificateEnd = certificateEnd
    lastSeen = now
    failures = 0
    return change
  }

  /// A look has failed.
  mutating func failed(_ finding: AgentFinding, at now: UnixTime) -> Change? {
    let before = (state, lastTrouble?.text)
    lastTrouble = Trouble(text: finding.text, time: now)
    failures += 1
    switch finding {
    case .away(let text):
      enter(.away, at: now)
      return before.0 == .away ? nil : .lost(text)
    case .unfit(let text):
      enter(.quarantined, at: now)
      return before == (.quarantined, text) ? nil : .quarantined(text)
    }
  }

  /// Why it gets no tasks, or cannot be reached; nil while nothing is known to be wrong.
  var trouble: String? {
    switch state {
    case .unseen, .well: nil
    case .away, .quarantined: lastTrouble?.text
    }
  }

  private mutating func enter(_ state: State, at now: UnixTime) {
    if self.state != state { since = now }
    self.state = state
  }
}
