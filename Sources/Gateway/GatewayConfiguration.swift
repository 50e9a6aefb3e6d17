package import HTTP
package import Wire

/// Everything a gateway needs to start, as values: who reads files, environment and flags is the executable.
package struct GatewayConfiguration: Sendable {
  /// People's browsers and scripts: no client certificate.
  package var publicListener: Listener
  /// Agent services: client certificate required. Nil: not opened.
  package var agentListener: Listener?
  /// Metrics and state, for operators. Nil: not opened.
  package var adminListener: Listener?
  /// Threads with a loop each.
  package var loops: Int
  /// The folder with the dashboard's files.
  package var webFolder: String
  /// The folder with files to try the agents with, and an `index.json` that names them. Nil: there are none.
  package var samplesFolder: String?
  /// Who may come in, and how.
  package var identity: IdentityConfiguration
  package var journal = JournalConfiguration()
  package var streams = StreamConfiguration()
  package var work = WorkConfiguration()
  /// A Redis stream that events are taken from. Nil: none.
  package var streamIngest: StreamIngestConfiguration?
  /// Opens `/diagnostics/…`, for conformance suites. Only on loopback listeners.
  package var diagnostics: Bool
  /// How long work is still taken after somebody has asked for the end, while the probe says that it should not come here any more.
  package var drain: Duration = .zero
  /// How long answers under way may take once nothing new is taken.
  package var shutdownGrace: Duration

  package init(
    publicListener: Listener, agentListener: Listener? = nil, adminListener: Listener? = nil, loops: Int,
    webFolder: String, identity: IdentityConfiguration, diagnostics: Bool = false,
    shutdownGrace: Duration = .seconds(10)
  ) {
    self.publicListener = publicListener
    self.agentListener = agentListener
    self.adminListener = adminListener
    self.loops = loops
    self.webFolder = webFolder
    self.identity = identity
    self.diagnostics = diagnostics
    self.shutdownGrace = shutdownGrace
  }

  /// One listener. Its files are read when the gateway starts, and again at each reload.
  package struct Listener: Sendable {
    package var address: SocketAddress
    package var certificateFile: String
    package var keyFile: String
    package var clients: Clients
    package var limits = ConnectionLimits()
    package var requestLimits = RequestLimits()
    package var deadlines = Deadlines()
    /// How long browsers keep to https for this host, in seconds; 0 sends no such field.
    package var strictTransportSeconds: Int

    package init(
      address: SocketAddress, certificateFile: String, keyFile: String, clients: Clients = .none,
      strictTransportSeconds: Int = 31_536_000
    ) {
      self.address = address
      self.certificateFile = certificateFile
      self.keyFile = keyFile
      self.clients = clients
      self.strictTransportSeconds = strictTransportSeconds
    }
  }

  /// What a listener does about client certificates, with the files that decide.
  package enum Clients: Sendable {
    case none
    case optional(Trust)
    case required(Trust)
  }

  package struct Trust: Sendable {
    package var authorityFile: String
    package var revocationFile: String?
    package var names: ClientNames

    package init(authorityFile: String, revocationFile: String?, names: ClientNames) {
      self.authorityFile = authorityFile
      self.revocationFile = revocationFile
      self.names = names
    }
  }
}
