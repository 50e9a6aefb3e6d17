import A2A

/// Why a call to an agent failed, as far as it matters to a run.
struct RunFault: Sendable, Equatable {
  enum Kind: Sendable, Equatable {
    /// Nothing of the call has arrived, and the same later may.
    case unreachable
    /// The agent, or what stands before it, does not want us: certificates, statuses.
    case unwelcome
    /// The way back was lost, or we have closed it. The call may have arrived.
    case lost
    /// The agent took too long to answer.
    case slow
    /// It said no, in the protocol's words.
    case refused(A2AError.Code)
    /// It breaks the protocol.
    case breach
    /// An event after the end of the task.
    case late(TaskEvent)
  }

  var kind: Kind
  /// A sentence for people: who was asked for what, and what came of it.
  var sentence: String

  init(_ kind: Kind, _ sentence: String) {
    self.kind = kind
    self.sentence = sentence
  }
}
