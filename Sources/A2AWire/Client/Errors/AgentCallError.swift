package import A2A
package import Wire

/// Why a call to an agent failed.
package struct AgentCallError: Error, Sendable, Equatable {
  /// The kind of failure, for code that has to tell them apart.
  package enum Reason: Sendable, Equatable {
    /// The agent's own error: its code, its reason, its text, and what it came in.
    case refused(A2AError, PeerAnswer)
    /// An answer of HTTP with no error of A2A in it: of a proxy, of a server that knows no agent there.
    case answered(PeerAnswer)
    /// The way there or back failed, as `Wire` tells it.
    case transport(ClientError)
    /// A stream ended before its task came to an end or to a question: with the connection, without a sign of life, or as if all
    /// were well. The task may go on; a subscription shows it.
    case cut(lastState: TaskState?, StreamCut)
    case breach(ProtocolBreach)
    /// The card cannot be understood; the text says why.
    case unreadableCard(String)
    case noInterface(NoUsableInterface)
    /// What was asked for does not go into a request; the text says why.
    case unsendable(String)
    /// The task that called was cancelled, or what was awaited before sending has failed. The connection is closed.
    case cancelled
  }

  package let reason: Reason
  package let operation: AgentOperation
  /// The agent's name where the card is known, and `host:port`.
  package let agent: String

  init(_ reason: Reason, _ operation: AgentOperation, at agent: String) {
    self.reason = reason
    self.operation = operation
    self.agent = agent
  }

  /// It was the way that failed, not the agent that said no, and the same may succeed later. Whether it may be said again is
  /// another question: a message whose answer was lost may have arrived.
  package var isTransport: Bool {
    switch reason {
    case .cut: true
    case .transport(let error):
      switch error.reason {
      case .unresolved, .unreachable, .timedOut, .brokenOff: true
      default: false
      }
    case .refused, .answered, .breach, .unreadableCard, .noInterface, .unsendable, .cancelled: false
    }
  }

  /// The agent, or what stands before it, has named a time after which it may be asked again.
  package var retryAfter: Duration? {
    switch reason {
    case .refused(_, let answer), .answered(let answer): answer.retryAfter
    default: nil
    }
  }
}
