import A2A
import Journal

/// A vocabulary in which a task's records are told. They are the same records, and each vocabulary is worked out from them alone.
enum Profile: String, Sendable, CaseIterable {
  /// The records as they are journaled.
  case native
  /// `StreamResponse` objects of A2A 1.0.
  case a2a
  /// The objects of A2A 0.3.
  case a2a0_3 = "a2a-0.3"
  /// `progress`, `complete` and `error`.
  case simple
  /// The eight types of a chain of reasoning.
  case workflow
  /// `WorkflowStarted` and its like.
  case agentarea

  static let names = allCases.map(\.rawValue)

  /// Whether its events have names. Where they have none, a client takes whatever has data for one of them, so nothing else is said on
  /// such a stream.
  var namesEvents: Bool {
    switch self {
    case .simple, .agentarea: true
    case .native, .a2a, .a2a0_3, .workflow: false
    }
  }

  /// How a task is told in it, from its first record on.
  func telling(of task: ToldTask) -> any ProfileTelling {
    switch self {
    case .native: NativeTelling()
    case .a2a: A2ATelling(task, .v1)
    case .a2a0_3: A2ATelling(task, .v0_3)
    case .simple: CanonicalTelling(task, SimpleVocabulary(task))
    case .workflow: CanonicalTelling(task, WorkflowVocabulary(task))
    case .agentarea: CanonicalTelling(task, AgentAreaVocabulary(task))
    }
  }

  /// All that there is to tell of these records, which are a task's from the first one on.
  func told(_ records: some Sequence<Record>, of task: ToldTask) -> [ProfileEvent] {
    var telling = telling(of: task)
    return records.flatMap { telling.take($0) }
  }
}
