import A2AWire
import HTTP
import Wire

/// Why a look at an agent has failed: whether it is away, or there and unfit.
enum AgentFinding: Sendable, Equatable {
  case away(String)
  case unfit(String)

  var text: String {
    switch self {
    case .away(let text), .unfit(let text): text
    }
  }

  init(_ error: AgentCallError) {
    self = Self.isUnfit(error.reason) ? .unfit(error.description) : .away(error.description)
  }

  private static func isUnfit(_ reason: AgentCallError.Reason) -> Bool {
    switch reason {
    case .unreadableCard, .noInterface, .breach, .unsendable: true
    case .refused, .cut, .cancelled: false
    // It is there and shows no card. That it is busy or being started says otherwise.
    case .answered(let answer): answer.status.code < 500 && answer.status.code != 429
    case .transport(let error): isUnfit(error.reason)
    }
  }

  private static func isUnfit(_ reason: ClientError.Reason) -> Bool {
    switch reason {
    // Whoever answers is not the agent, or cannot prove it.
    case .untrusted: true
    case .malformed, .bodyTooLarge: true
    default: false
    }
  }
}
