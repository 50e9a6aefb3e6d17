/// What can be done.
package enum Action: String, Sendable, Hashable, CaseIterable {
  /// See a task: list, get, follow, replay.
  case watch
  /// Have an agent begin a task, or go on with it.
  case submit
  case cancel
  /// Answer an agent's question.
  case answer
  /// See how the gateway does, and change nothing.
  case observe
  /// See and change what concerns the gateway: sessions of others, sign-in links, the audit trail, drain, reload.
  case administer

  /// It is about the gateway as a whole, and not about tasks.
  package var isOfGateway: Bool { self == .observe || self == .administer }
}
