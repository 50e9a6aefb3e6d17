package import HTTP

/// How an `HTTPClient` goes about its calls.
package struct ClientConfiguration: Sendable {
  package var tls: ClientTLS
  /// Which addresses may be called. Default any.
  package var addresses = AddressRule.any
  package var deadlines = ClientDeadlines()
  package var limits = ResponseLimits()
  /// Connections to one server that wait for its next call. Default 8.
  package var idleConnections = 8
  /// How long one waits. Shorter than servers do, or calls would meet connections that are being closed. Default 30 s.
  package var keepIdle: Duration = .seconds(30)
  /// Bytes of an answer that wait for their reader, and of a request that wait for the socket, before the other end is made to
  /// wait. Default 64 KiB.
  package var bufferLimit = 65_536

  package init(tls: ClientTLS) {
    self.tls = tls
  }
}
