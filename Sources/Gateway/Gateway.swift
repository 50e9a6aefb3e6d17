package import Telemetry
package import Wire

/// The running gateway: its listeners, what they serve, and its life from start to stop.
package actor Gateway {
  private let configuration: GatewayConfiguration
  private let log: Log
  private let metrics: MetricsRegistry
  private let server: Server
  private let status: GatewayStatus

  /// Where the gateway can be reached, with real ports.
  package struct Addresses: Sendable {
    package let publicAddress: SocketAddress
    package let agentAddress: SocketAddress?
    package let adminAddress: SocketAddress?
  }

  package init(configuration: GatewayConfiguration, log: Log, version: String) {
    self.configuration = configuration
    self.log = log
    metrics = MetricsRegistry()
    server = Server(loops: configuration.loops, telemetry: ServerTelemetry(log: log, metrics: metrics))
    status = GatewayStatus(version: version, loops: configuration.loops)
  }

  /// Reads certificates and pages, then listens. Throws with the file, address or setting that is wrong.
  package func start() async throws -> Addresses {
    let site = try StaticSite.load(configuration.webFolder)
    var listeners: [ListenerConfiguration] = []
    for (name, listener) in openListeners {
      listeners.append(try make(name, listener, site: site))
    }
    let addresses = try await server.start(listeners)
    var byName: [ListenerName: SocketAddress] = [:]
    for ((name, listener), address) in zip(openListeners, addresses) {
      byName[name] = address
      status.add(
        .init(name: name.rawValue, url: url(of: address), clientCertificates: listener.clientCertificates))
      log.info("listening", ["listener": .string(name.rawValue), "address": .string(address.description)])
    }
    status.isReady = true
    guard let publicAddress = byName[.public] else { preconditionFailure("The public listener is always opened.") }
    return Addresses(publicAddress: publicAddress, agentAddress: byName[.agents], adminAddress: byName[.admin])
  }

  /// Reads all certificates, CAs and revocation lists again and puts them in place without dropping a connection. Throws, with
  /// nothing changed, when one of them is no good.
  package func reload() async throws {
    var loaded: [(ListenerName, TLSConfiguration)] = []
    for (name, listener) in openListeners { loaded.append((name, try listener.loadTLS())) }
    for (name, tls) in loaded { try await server.reload(name.rawValue, tls: tls) }
    log.info("certificates reloaded", ["listeners": .list(loaded.map { .string($0.0.rawValue) })])
  }

  /// Not ready from now on; answers under way are finished; then everything is closed.
  package func stop() async {
    status.isReady = false
    await server.stop(grace: configuration.shutdownGrace)
    log.info("stopped")
  }

  private var openListeners: [(ListenerName, GatewayConfiguration.Listener)] {
    let all: [(ListenerName, GatewayConfiguration.Listener?)] = [
      (.public, configuration.publicListener), (.agents, configuration.agentListener),
      (.admin, configuration.adminListener),
    ]
    return all.compactMap { name, listener in listener.map { (name, $0) } }
  }

  private func make(
    _ name: ListenerName, _ listener: GatewayConfiguration.Listener, site: StaticSite
  ) throws -> ListenerConfiguration {
    var made = ListenerConfiguration(
      name: name.rawValue, address: listener.address, security: .tls(try listener.loadTLS()),
      router: router(for: name, listener, site: site))
    made.limits = listener.limits
    made.requestLimits = listener.requestLimits
    made.deadlines = listener.deadlines
    made.fields =
      name == .public
      ? SecurityFields.forBrowsers(strictTransportSeconds: listener.strictTransportSeconds)
      : SecurityFields.forServices(strictTransportSeconds: listener.strictTransportSeconds)
    return made
  }

  private func router(
    for name: ListenerName, _ listener: GatewayConfiguration.Listener, site: StaticSite
  ) -> Router {
    var router = Router()
    HealthEndpoints(status: status).install(into: &router)
    switch name {
    case .public:
      site.install(pages: ["/"], into: &router)
      AboutEndpoint(status: status).install(into: &router)
      // What echoes anything back has no place on an address that others reach.
      if configuration.diagnostics, listener.address.isLoopback { DiagnosticsEndpoints.install(into: &router) }
    case .agents:
      break
    case .admin:
      AdminEndpoints(status: status, metrics: metrics).install(into: &router)
    }
    return router
  }

  /// The server certificate of the development PKI is for names and loopback addresses; people read names.
  private func url(of address: SocketAddress) -> String {
    address.isLoopback ? "https://localhost:\(address.port)" : "https://\(address)"
  }
}
