package import HTTP

/// One listener: where, with which certificate, for whom, and what it serves.
package struct ListenerConfiguration: Sendable {
  /// Names it in the log and in errors.
  package var name: String
  package var address: SocketAddress
  package var tls: TLSConfiguration
  package var router: Router
  /// Sent with every answer that does not say otherwise, refusals included.
  package var fields = HTTPFields()
  package var limits = ConnectionLimits()
  package var requestLimits = RequestLimits()
  package var deadlines = Deadlines()
  /// Bytes that may wait for one slow reader before its writer waits too. Default 64 KiB.
  package var outputLimit = 64 << 10
  /// The kernel's part of it (SO_SNDBUF, which the kernel doubles). Default 128 KiB.
  package var sendBuffer = 128 << 10

  package init(name: String, address: SocketAddress, tls: TLSConfiguration, router: Router) {
    self.name = name
    self.address = address
    self.tls = tls
    self.router = router
  }
}
