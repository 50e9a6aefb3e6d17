import A2A

/// The places where clients look for a card.
enum CardEdition: CaseIterable {
  case current
  /// From before A2A had its own: the same card, with what clients of that time look for beside it.
  case first

  var path: String {
    switch self {
    case .current: "/.well-known/agent-card.json"
    case .first: "/.well-known/agent.json"
    }
  }

  func document(of card: AgentCard, at base: String) -> [UInt8] {
    switch self {
    case .current: card.encoded()
    case .first: card.encodedForAnalyzers(at: base)
    }
  }
}
