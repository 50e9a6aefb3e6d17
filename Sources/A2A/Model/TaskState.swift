/// Where a task stands.
package enum TaskState: Int, Sendable, CaseIterable {
  case submitted = 1
  case working
  case completed
  case failed
  case canceled
  case inputRequired
  case rejected
  case authRequired

  /// Nothing comes after it: no message, no event, no cancel.
  package var isTerminal: Bool {
    switch self {
    case .completed, .failed, .canceled, .rejected: true
    case .submitted, .working, .inputRequired, .authRequired: false
    }
  }

  /// The agent waits for somebody.
  package var isInterrupted: Bool {
    switch self {
    case .inputRequired, .authRequired: true
    case .submitted, .working, .completed, .failed, .canceled, .rejected: false
    }
  }
}
