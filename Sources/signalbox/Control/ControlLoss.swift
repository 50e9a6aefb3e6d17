import HTTP
import Wire

/// Why there is no WebSocket any more, or why there was none.
enum ControlLoss: Sendable, Equatable {
  /// The gateway has closed it.
  case closed(code: UInt16?, reason: String)
  /// The way there failed: another try may fare better.
  case transport(String)
  /// Another try would fare the same.
  case broken(String)
  case refused(GatewayRefusal)

  /// Why, for people.
  /// - Parameter bye: what the gateway said last.
  func sentence(saying bye: String?) -> String {
    switch self {
    case .closed(let code, let reason): ControlClosing(code: code, reason: bye ?? reason).meaning.sentence
    case .transport(let sentence), .broken(let sentence): sentence
    case .refused(let refusal): refusal.sentence
    }
  }

  init(_ error: ClientError) {
    switch StreamLoss(error) {
    case .transport(let sentence): self = .transport(sentence)
    case .refused(let refusal): self = .refused(refusal)
    case .broken(let sentence): self = .broken(sentence)
    case .ended, .finished: self = .transport("\(error)")
    }
  }

  init(_ end: WebSocketEnd, _ error: WireError?) {
    switch end.cause {
    case .peer, .ourselves: self = .closed(code: end.code?.rawValue, reason: end.reason)
    case .brokenOff: self = .transport(error?.message ?? "The connection to the gateway broke off.")
    }
  }
}
