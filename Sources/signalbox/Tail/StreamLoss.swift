import Wire

/// Why there is no stream any more, or why there was none.
enum StreamLoss: Sendable, Equatable {
  /// It ended as it should; what its last event was, the session knows.
  case ended
  /// The gateway has nothing more to tell (204).
  case finished
  /// The way there failed: another try may fare better.
  case transport(String)
  /// What came cannot be used, or we are not let in: another try would fare the same.
  case broken(String)
  case refused(GatewayRefusal)

  init(_ error: ClientError) {
    let sentence = "\(error)"
    switch error.reason {
    case .unreachable:
      self = .transport(sentence + GatewayClient.advice(error.reason))
    case .unresolved, .timedOut, .brokenOff, .answeredEarly, .closed:
      self = .transport(sentence)
    case .forbidden, .untrusted, .refusedByPeer, .garbled, .malformed, .wrongLength, .bodyTooLarge, .notAnEventStream,
      .notAWebSocket, .eventStream:
      self = .broken(sentence)
    }
  }
}
