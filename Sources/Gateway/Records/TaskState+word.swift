import A2A

/// The words for how a task stands, in the journal and in all that people and programs read: A2A's, in lower case with hyphens.
extension TaskState {
  static let words = allCases.map(\.word)

  init?(word: String) {
    guard let state = Self.allCases.first(where: { $0.word == word }) else { return nil }
    self = state
  }

  var word: String {
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
