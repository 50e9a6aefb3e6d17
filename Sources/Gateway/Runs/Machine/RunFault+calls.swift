import A2A
import A2AWire
import Wire

extension RunFault {
  init(_ error: AgentCallError) {
    self.init(Self.kind(of: error.reason), error.description)
  }

  private static func kind(of reason: AgentCallError.Reason) -> Kind {
    switch reason {
    case .refused(let error, _): .refused(error.code)
    case .answered: .unwelcome
    case .transport(let error): kind(of: error.reason)
    case .cut: .lost
    case .breach(.eventAfterTerminal(_, let event)): .late(event)
    case .breach, .unreadableCard, .noInterface, .unsendable: .breach
    case .cancelled: .lost
    }
  }

  private static func kind(of reason: ClientError.Reason) -> Kind {
    switch reason {
    case .unresolved, .unreachable, .timedOut(.connect, _): .unreachable
    case .forbidden, .untrusted, .refusedByPeer: .unwelcome
    case .timedOut(.answer, _), .timedOut(.total, _): .slow
    case .timedOut, .brokenOff, .garbled: .lost
    case .malformed, .answeredEarly, .bodyTooLarge, .notAnEventStream, .notAWebSocket, .eventStream: .breach
    case .wrongLength: .breach
    case .closed: .lost
    }
  }
}
