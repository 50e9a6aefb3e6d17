/// What we show to servers and what we ask of them.
package struct ClientTLS: Sendable {
  package var trust: ServerTrust
  /// Shown when a server asks for a certificate; nil shows none.
  package var identity: TLSIdentity?
  /// Who a server has to be; nil: whoever the certificate names as the host that is called.
  package var names: ServerNames?

  package init(trust: ServerTrust, identity: TLSIdentity? = nil, names: ServerNames? = nil) {
    self.trust = trust
    self.identity = identity
    self.names = names
  }
}
