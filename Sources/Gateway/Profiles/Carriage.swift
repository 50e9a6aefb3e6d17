/// What becomes of one canonical type in one profile.
enum Carriage: Sendable, Equatable {
  /// It is an event, of one of these names: of the server-sent event, of the type in the data, or of A2A's member.
  case told([String])
  /// It is no event of its own: the one that ends the task has it, in this member.
  case atTheEnd(String)
  /// There is no word for it. The rest of the sentence says what stands in its place.
  case notCarried(String)
}

extension Profile {
  func carriage(of type: CanonicalType) -> Carriage {
    switch self {
    case .native: type.isJournaled ? .told(["Record"]) : .notCarried("the stream has events of its own for it")
    case .a2a, .a2a0_3: A2ATelling.carriage(of: type)
    case .simple: SimpleVocabulary.carriage(of: type)
    case .workflow: WorkflowVocabulary.carriage(of: type)
    case .agentarea: AgentAreaVocabulary.carriage(of: type)
    }
  }
}

extension A2ATelling {
  static func carriage(of type: CanonicalType) -> Carriage {
    switch type {
    case .streamOpened, .taskSubmitted: .told(["task"])
    case .heartbeat: .notCarried("a comment breaks the silence")
    case .artifact: .told(["artifactUpdate"])
    case .modelChunk: .told(["artifactUpdate", "statusUpdate"])
    case .inputReceived: .notCarried("a message is in the task's history, and the next status tells what came of it")
    case .cancelRequested, .verdict: .notCarried("the next status tells what came of it")
    case .gap: .notCarried("the protocol has no word for it; what the agent then shows is told")
    default: .told(["statusUpdate"])
    }
  }
}
