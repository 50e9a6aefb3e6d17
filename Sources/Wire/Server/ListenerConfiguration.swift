package import HTTP

/// What protects a listener's connections.
package enum ListenerSecurity: Sendable {
  case tls(TLSConfiguration)
  /// Nothing. For programs of this machine that cannot do TLS; a server does not start with it on an address that others reach.
  case plainOnLoopback
}

/// One listener: where, with which certificate, for whom, and what it serves.
package struct ListenerConfiguration: Sendable {
  /// Names it in the log and in errors.
  package var name: String
  package var address: SocketAddress
  package var security: ListenerSecurity
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

  package init(name: String, address: SocketAddress, security: ListenerSecurity, router: Router) {
    self.name = name
    self.address = address
    self.security = security
    self.router = router
  }
}
