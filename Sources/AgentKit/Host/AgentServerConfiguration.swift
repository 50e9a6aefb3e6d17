package import A2A
package import A2AWire
package import Wire

/// Where an agent listens, for whom, and how much it takes.
package struct AgentServerConfiguration: Sendable {
  package enum Security: Sendable {
    /// Nobody without a client certificate that is trusted here.
    case mutualTLS(TLSIdentity, ClientTrust)
    /// Neither secret nor authenticated; on a loopback address only.
    case plainOnLoopback

    var requiresCertificate: Bool {
      if case .mutualTLS = self { true } else { false }
    }
  }

  package var address: SocketAddress
  package var security: Security
  /// The versions of A2A that are spoken, the preferred one first.
  package var versions: [ProtocolVersion] = [.v1, .v0_3]
  /// Who of those that are trusted may call.
  package var callers = CallerRule.anyone
  /// Under which scheme, host and port callers reach it, for the card. Nil: as it listens.
  package var origin: String?
  package var tasks = TaskLimits()
  package var connections = ConnectionLimits()
  package var loops = 1
  /// Silence on a stream after which a comment is sent.
  package var heartbeat: Duration = .seconds(15)
  /// Whom receivers of push notifications have to prove to be. Nil: none are sent over TLS.
  package var pushTrust: ServerTrust?
  /// Push notifications go to private and loopback addresses as well, where a caller could have them reach what it
  /// cannot.
  package var allowsPrivatePush = false
  /// How long tasks under way may take to end once a stop was asked for.
  package var grace: Duration = .seconds(10)

  package init(address: SocketAddress, security: Security) {
    self.address = address
    self.security = security
  }
}
