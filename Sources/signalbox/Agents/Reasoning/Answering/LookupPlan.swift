import Surveillance

/// Which looks an inquiry takes, by rules. Some can only be known when others have been taken.
struct LookupPlan: Sendable {
  private let inquiry: Inquiry
  /// What the question asks for, and cannot be had of whom it names.
  private(set) var notes: [String] = []
  private(set) var first: [LookupCall] = []

  init(_ inquiry: Inquiry) {
    self.inquiry = inquiry
    for subject in inquiry.subjects { plan(subject) }
    first = Self.unique(first)
    addNotes()
    // Nothing of what was asked fits whom it was asked of; what they are can be said.
    if first.isEmpty { first = inquiry.subjects.map { LookupCall(.lookUp, $0) } }
  }

  /// What the first looks have brought to light: accounts whose trades were asked for.
  func next(after evidence: [TakenLook]) -> [LookupCall] {
    guard inquiry.intents.contains(.trades) else { return [] }
    let seen = Set(evidence.filter { $0.call.tool == .trades }.map(\.call.subject))
    let asksForOthers = inquiry.intents.contains(.related)
    let accounts = evidence.flatMap { entry -> [String] in
      switch (entry.call.tool, entry.call.subject) {
      case (.relationships, _) where asksForOthers: entry.result.accounts
      case (.lookUp, .owner): entry.result.accounts
      default: []
      }
    }
    let calls = accounts.map { trades(of: .account($0)) }.filter { !seen.contains($0.subject) }
    return Array(Self.unique(calls).prefix(LookupRound.most))
  }

  // MARK: One subject

  private var instruments: [AskedSubject] { inquiry.subjects.filter { $0.symbol != nil } }
  private var hasPeople: Bool { inquiry.subjects.count > instruments.count }

  private mutating func plan(_ subject: AskedSubject) {
    for intent in Inquiry.Intent.allCases where inquiry.intents.contains(intent) {
      switch intent {
      case .describe, .owner:
        // An instrument beside people narrows what is asked of them.
        if subject.symbol == nil || !hasPeople { first.append(LookupCall(.lookUp, subject)) }
      case .trades: planTrades(subject)
      case .prices:
        if subject.symbol != nil { first.append(timed(.prices, subject)) }
      case .news:
        if subject.symbol != nil { first.append(timed(.news, subject)) }
      case .related:
        if subject.symbol == nil { first.append(LookupCall(.relationships, subject)) }
      case .registers:
        if subject.symbol == nil || !hasPeople {
          first.append(LookupCall(.registers, subject, symbol: subject.symbol == nil ? narrowing : nil))
        }
      case .compare: break
      }
    }
  }

  private mutating func planTrades(_ subject: AskedSubject) {
    switch subject {
    case .owner: first.append(LookupCall(.lookUp, subject))
    case .instrument: if !hasPeople { first.append(trades(of: subject)) }
    case .trader, .account: first.append(trades(of: subject))
    }
  }

  /// The instrument to which everything else is narrowed, where one is named beside people.
  private var narrowing: String? { instruments.count == 1 ? instruments[0].symbol : nil }

  private func trades(of subject: AskedSubject) -> LookupCall {
    LookupCall(
      .trades, subject, symbol: subject.symbol == nil ? narrowing : nil, days: inquiry.time?.days)
  }

  private func timed(_ tool: LookupCall.Tool, _ subject: AskedSubject) -> LookupCall {
    LookupCall(
      tool, subject, days: inquiry.time?.widened, focus: tool == .prices ? inquiry.time?.focus : nil)
  }

  private mutating func addNotes() {
    guard !inquiry.subjects.isEmpty else { return }
    if inquiry.intents.contains(.prices), instruments.isEmpty {
      notes.append("Prices are an instrument's, and the question names none.")
    }
    if inquiry.intents.contains(.news), instruments.isEmpty {
      notes.append("News are about instruments, and the question names none.")
    }
    if inquiry.intents.contains(.related), !hasPeople {
      notes.append("Relationships are people's and accounts', and the question names neither.")
    }
  }

  private static func unique(_ calls: [LookupCall]) -> [LookupCall] {
    calls.reduce(into: []) { kept, call in if !kept.contains(call) { kept.append(call) } }
  }
}
