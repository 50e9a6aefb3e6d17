package import HTTP

/// Why a call to another server failed.
package struct ClientError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The kind of failure, for code that has to tell them apart.
  package enum Reason: Sendable, Equatable {
    /// The name has no address, in the system's words.
    case unresolved(String)
    /// No address took the connection.
    case unreachable([FailedAttempt])
    /// No address of the server may be called; each with the rule that forbids it.
    case forbidden([FailedAttempt])
    /// The server's certificate is not good, in OpenSSL's words.
    case untrusted(String)
    /// The server ended TLS with an alert; this is how it refuses our certificate, in TLS 1.3 also after the handshake.
    case refusedByPeer(TLSAlert)
    /// What came is not TLS as we speak it, in OpenSSL's words.
    case garbled(String)
    case timedOut(ClientStage, after: Duration)
    /// The answer breaks the rules of HTTP, or a limit.
    case malformed(MessageFault)
    /// The connection ended where it must not; the text says how and where.
    case brokenOff(String)
    /// The server has answered before it had the whole body, and takes no more of it.
    case answeredEarly
    /// The request's body did not have the length it had promised.
    case wrongLength(promised: Int)
    /// The answer's body is longer than the caller takes.
    case bodyTooLarge(limit: Int)
    /// The answer is no event stream; the text says what it is.
    case notAnEventStream(String)
    /// The answer is no WebSocket; the text says what it is.
    case notAWebSocket(String)
    /// The event stream breaks a limit.
    case eventStream(MessageFault)
    /// We have closed it ourselves: the loop or the client has ended, or the answer was let go of.
    case closed(String)
  }

  package let reason: Reason
  /// `host:port` of the server.
  package let server: String
  /// With `notAWebSocket`: the answer that came in place of one, so that the caller can tell a refusal from another try's chance.
  package var answer: Answer?

  package struct Answer: Sendable, Equatable {
    package let status: HTTPStatus
    package let fields: HTTPFields
    /// The first bytes of the body, as many as came together.
    package let beginning: [UInt8]
  }

  init(_ reason: Reason, _ server: String) {
    self.reason = reason
    self.server = server
  }

  /// One sentence, or two, for a log.
  package var description: String {
    switch reason {
    case .unresolved(let text): "The name of \(server) cannot be resolved: \(text)."
    case .unreachable(let attempts):
      "No connection to \(server): \(attempts.map(\.description).joined(separator: "; "))."
    case .forbidden(let attempts):
      "\(server) may not be called: \(attempts.map(\.description).joined(separator: "; "))."
    case .untrusted(let text):
      "The certificate of \(server) is not good: \(text). Check the name in the URL and the CA that is trusted."
    case .refusedByPeer(let alert):
      alert.concernsCertificate
        ? "\(server) refused our certificate (\(alert)). Show one that it accepts."
        : "\(server) ended TLS with the alert \(alert)."
    case .garbled(let text): "\(server) does not speak TLS as it should: \(text). Check the port."
    case .timedOut(let stage, let limit): "\(server) \(Self.text(stage)) within \(Self.text(limit))."
    case .malformed(let fault): "\(server) sent an answer that cannot be used. \(fault.detail)"
    case .brokenOff(let text): "The connection to \(server) broke off: \(text)."
    case .answeredEarly: "\(server) answered before it had the whole request, and takes no more of it."
    case .wrongLength(let promised): "The request for \(server) does not have the \(promised) bytes it has promised."
    case .bodyTooLarge(let limit): "The answer of \(server) has more than the \(limit) bytes that are taken."
    case .notAnEventStream(let text): "\(server) did not answer with an event stream but with \(text)."
    case .notAWebSocket(let text): "\(server) did not answer with a WebSocket but with \(text)."
    case .eventStream(let fault): "\(server) sent an event stream that cannot be used. \(fault.detail)"
    case .closed(let text): "The call to \(server) was given up: \(text)."
    }
  }

  private static func text(_ stage: ClientStage) -> String {
    switch stage {
    case .connect: "was not connected to"
    case .request: "did not take the request"
    case .answer: "did not answer"
    case .body: "sent no more of its answer"
    case .total: "did not finish the call"
    case .sign: "gave no sign of life on its WebSocket"
    }
  }

  private static func text(_ limit: Duration) -> String {
    let milliseconds = Int(limit / .milliseconds(1))
    return milliseconds % 1000 == 0 ? "\(milliseconds / 1000) s" : "\(milliseconds) ms"
  }

  /// For a connection that stood, and was over before a byte of the request had left: as good as none.
  func beforeSending(to address: SocketAddress) -> ClientError {
    switch reason {
    case .brokenOff(let text), .garbled(let text), .closed(let text):
      ClientError(.unreachable([FailedAttempt(address: address, reason: text)]), server)
    default: self
    }
  }

  /// What a socket's end means for a call that still needed it.
  init(_ ending: ClientSocketEnding, while place: String, _ server: String) {
    let reason: Reason =
      switch ending {
      case .goodbye: .brokenOff("the server said goodbye \(place)")
      case .truncated: .brokenOff("the server closed it \(place)")
      case .reset: .brokenOff("the server reset it \(place)")
      case .refused(let alert): .refusedByPeer(alert)
      case .untrusted(let text): .untrusted(text)
      case .garbled(let text): .garbled(text)
      case .failed(let text): .brokenOff("\(text) \(place)")
      case .ours: .closed("it is closed")
      }
    self.init(reason, server)
  }
}
