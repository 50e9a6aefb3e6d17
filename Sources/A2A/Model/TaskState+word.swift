/// How a task stands as one word: lower case, with hyphens. A2A 0.3 writes it so, and so do journals, settings and people.
extension TaskState {
  package static let words = allCases.map(\.word)

  package init?(word: String) {
    guard let state = Self.allCases.first(where: { $0.word == word }) else { return nil }
    self = state
  }

  package var word: String {
    switch self {
    case .submitted: "submitted"
    case .working: "working"
    case .completed: "completed"
    case .failed: "failed"
    case .canceled: "canceled"
    case .inputRequired: "input-required"
    case .rejected: "rejected"
    case .authRequired: "auth-required"
    }
  }
}
