package import HTTP
package import Telemetry

/// One request as a handler sees it. Valid as long as the handler runs.
package struct Request: Sendable {
  package let head: RequestHead
  package let body: RequestBody
  package let peer: Peer
  /// The values that the route's pattern took from the path, by name, percent-decoded.
  package let parameters: [String: String]
  /// Names this request in the log and in `x-request-id`.
  package let id: String
  /// The step of a trace that this request is: behind its caller's where `traceparent` names one, the first of a new trace otherwise.
  package let trace: TraceContext

  package init(
    head: RequestHead, body: RequestBody, peer: Peer, parameters: [String: String], id: String, trace: TraceContext
  ) {
    self.head = head
    self.body = body
    self.peer = peer
    self.parameters = parameters
    self.id = id
    self.trace = trace
  }
}

/// Where a request comes from.
package struct Peer: Sendable {
  package let address: SocketAddress
  /// What TLS agreed on. Nil on a listener without it: of such a peer nothing is known but that it is on this machine.
  package let session: TLSSession?

  package init(address: SocketAddress, session: TLSSession?) {
    self.address = address
    self.session = session
  }
}
