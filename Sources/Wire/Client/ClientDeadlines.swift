/// How long each stage of a call may last.
package struct ClientDeadlines: Sendable, Equatable {
  /// From the call to a finished TLS handshake: name, addresses, certificates. Default 5 s.
  package var connect: Duration = .seconds(5)
  /// From the request's last byte to the end of the answer's head. Default 10 s.
  package var answer: Duration = .seconds(10)
  /// Without a byte of the answer's body coming, while somebody waits for one; without a byte of the request being taken, while
  /// there are some to send. Default 60 s.
  package var idle: Duration = .seconds(60)
  /// The whole call, to the last byte of the answer's body. Default none: an event stream has no end.
  package var total: Duration?

  package init() {}
}

/// What a call was waiting for when its time was up.
package enum ClientStage: Sendable, Equatable {
  case connect
  /// The server did not take the request.
  case request
  /// The head of the answer did not come.
  case answer
  /// The body of the answer stopped coming.
  case body
  /// The call as a whole took too long.
  case total
  /// Nothing came back to the ping on a WebSocket.
  case sign
}
