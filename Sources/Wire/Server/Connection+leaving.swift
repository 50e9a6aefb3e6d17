import HTTP
import Telemetry

/// Why a connection takes no further request.
enum Leaving {
  /// The server is going away.
  case draining
  /// The certificate by which the client came in is no longer good.
  case certificate(CertificateFault)

  /// For an event stream.
  var end: EventStreamEnd {
    switch self {
    case .draining: .draining
    case .certificate(let fault): .certificate(fault)
    }
  }

  /// For a WebSocket that is asked for too late.
  var refusal: Refusal {
    switch self {
    case .draining: Refusal(.serviceUnavailable, "The server is going away. Try again later.", code: "draining")
    case .certificate(let fault):
      Refusal(
        .forbidden, "The client certificate of this connection is \(fault.rawValue). Connect with another.",
        code: "bad-certificate")
    }
  }
}

// Connections that have to go.
extension Connection {
  /// Finishes what is being answered and takes nothing more.
  func drain() {
    leaving = leaving ?? .draining
    switch phase {
    // In a handshake there is nothing to finish; between requests the last answer may still be on its way.
    case .waiting: socket?.security == nil ? socket?.kill() : finish()
    case .exchanging(let exchange): endEvents(of: exchange, because: .draining)
    case .webSocket: close(webSocket?.options.drainingCode ?? .goingAway, reason: "The server is going away.")
    case .receivingHead, .finishing, .lingering, .closed: break
    }
  }

  /// Takes nothing more; what is being answered goes on to its own end, streams and WebSockets too.
  func takeNoMore() {
    leaving = leaving ?? .draining
    if case .waiting = phase { socket?.security == nil ? socket?.kill() : finish() }
  }

  /// The listener's rules have changed. Whoever would not get in by the new ones has to go: what is being answered is finished, a
  /// stream or a WebSocket is told why it ends, and no further request is served, also none that has begun to come.
  func review(under rules: ClientCertificates) {
    guard security != nil else {
      newRules = rules
      return
    }
    guard let fault = socket?.certificateFault(under: rules) else { return }
    context.telemetry.log.warning(
      "certificate no longer good",
      [
        "peer": .string(address.host), "listener": .string(context.name), "fault": .string(fault.rawValue),
        "fingerprint": .string(security?.session?.peer?.fingerprint ?? "none"),
      ])
    leaving = .certificate(fault)
    switch phase {
    case .waiting, .receivingHead: finish()
    case .exchanging(let exchange): endEvents(of: exchange, because: .certificate(fault))
    case .webSocket: close(.unauthenticated, reason: fault.rawValue)
    case .finishing, .lingering, .closed: break
    }
  }
}
