import Surveillance

/// What a question was understood to ask.
struct Inquiry: Sendable, Equatable {
  enum Intent: String, Sendable, CaseIterable {
    case describe, owner, trades, prices, related, news, registers, compare

    /// In sentences.
    var words: String {
      switch self {
      case .describe: "what is known of it"
      case .owner: "who owns it"
      case .trades: "trades"
      case .prices: "prices"
      case .related: "who is related"
      case .news: "news"
      case .registers: "lists, plans and exemptions"
      case .compare: "a comparison"
      }
    }
  }

  /// A name that several have.
  struct Ambiguity: Sendable, Equatable {
    let words: String
    let candidates: [AskedSubject]
  }

  /// In the order of the question, each once.
  var subjects: [AskedSubject] = []
  var ambiguities: [Ambiguity] = []
  var intents: Set<Intent> = []
  /// Nil: no time was named.
  var time: AskedTime?
  /// What looks like an id or a name of something, and is none that is known.
  var unknown: [String] = []

  /// Something can be looked up.
  var isUnderstood: Bool { !subjects.isEmpty || !ambiguities.isEmpty }

  mutating func add(_ subject: AskedSubject) {
    if !subjects.contains(subject) { subjects.append(subject) }
  }
}
