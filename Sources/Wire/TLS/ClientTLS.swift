/// What we show to servers and what we ask of them.
package struct ClientTLS: Sendable {
  package var trust: ServerTrust
  /// Shown when a server asks for a certificate; nil shows none.
  package var identity: TLSIdentity?

  package init(trust: ServerTrust, identity: TLSIdentity? = nil) {
    self.trust = trust
    self.identity = identity
  }
}
