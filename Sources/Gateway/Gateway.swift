import HTTP
package import Telemetry
package import Wire

/// The running gateway: its listeners, what they serve, and its life from start to stop.
package actor Gateway {
  private let configuration: GatewayConfiguration
  private let log: Log
  private let metrics: MetricsRegistry
  private let server: Server
  private let status: GatewayStatus
  private let clock: GatewayClock
  /// Nil until the start.
  private var identity: IdentityServices?
  /// What is served on which listener and who may come, for the tests that hold it against their own table.
  package private(set) var routeTable: [String: [SecuredRouter.Row]] = [:]

  /// Where the gateway can be reached, with real ports.
  package struct Addresses: Sendable {
    package let publicAddress: SocketAddress
    package let agentAddress: SocketAddress?
    package let adminAddress: SocketAddress?
  }

  package init(configuration: GatewayConfiguration, log: Log, version: String, clock: GatewayClock = .system) {
    self.configuration = configuration
    self.clock = clock
    self.log = log
    metrics = MetricsRegistry()
    server = Server(loops: configuration.loops, telemetry: ServerTelemetry(log: log, metrics: metrics))
    status = GatewayStatus(version: version, loops: configuration.loops)
  }

  /// Reads certificates, pages and the policy, then listens. Throws with the file, address or setting that is wrong.
  package func start() async throws -> Addresses {
    let site = try StaticSite.load(configuration.webFolder)
    let identity = try await IdentityServices.start(
      configuration.identity, clock: clock, log: log, metrics: metrics, publicURL: publicURL)
    let addresses: [SocketAddress]
    do {
      var listeners: [ListenerConfiguration] = []
      for (name, listener) in openListeners { listeners.append(try make(name, listener, identity, site: site)) }
      addresses = try await server.start(listeners)
    } catch {
      await identity.stop()
      throw error
    }
    self.identity = identity
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

  /// Reads all certificates, CAs, revocation lists, keys and the policy again and puts them in place; whoever may go on goes on.
  /// Throws, with nothing changed, when one of them is no good.
  package func reload() async throws {
    var loaded: [(ListenerName, TLSConfiguration)] = []
    for (name, listener) in openListeners { loaded.append((name, try listener.loadTLS())) }
    let policy = try await identity?.readAgain()
    try await identity?.audit.reopen()
    for (name, tls) in loaded { try await server.reload(name.rawValue, tls: tls) }
    if let policy { identity?.put(policy) }
    log.info("certificates reloaded", ["listeners": .list(loaded.map { .string($0.0.rawValue) })])
  }

  /// Not ready from now on; answers under way are finished; then everything is closed.
  package func stop() async {
    status.isReady = false
    await server.stop(grace: configuration.shutdownGrace)
    await identity?.stop()
    identity = nil
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
    _ name: ListenerName, _ listener: GatewayConfiguration.Listener, _ identity: IdentityServices, site: StaticSite
  ) throws -> ListenerConfiguration {
    let routes = routes(for: name, listener, identity, site: site)
    routeTable[name.rawValue] = routes.rows
    var made = ListenerConfiguration(
      name: name.rawValue, address: listener.address, security: .tls(try listener.loadTLS()),
      router: routes.router)
    made.limits = listener.limits
    made.requestLimits = listener.requestLimits
    made.deadlines = listener.deadlines
    made.fields =
      name == .public
      ? SecurityFields.forBrowsers(strictTransportSeconds: listener.strictTransportSeconds)
      : SecurityFields.forServices(strictTransportSeconds: listener.strictTransportSeconds)
    return made
  }

  private func routes(
    for name: ListenerName, _ listener: GatewayConfiguration.Listener, _ identity: IdentityServices, site: StaticSite
  ) -> SecuredRouter {
    var router = SecuredRouter(gate: identity.gate)
    HealthEndpoints(status: status).install(into: &router)
    switch name {
    case .public:
      for (pattern, page) in site.routes(pages: ["/"]) {
        router.on(.get, pattern, .open) { request, _ in try await page(request) }
      }
      AboutEndpoint(status: status).install(into: &router)
      GrantEndpoints(grants: identity.grants).install(into: &router)
      SessionEndpoints(desk: identity.desk, links: identity.links).install(into: &router)
      SessionListEndpoints(desk: identity.desk).install(into: &router)
      if let openID = identity.openID {
        OpenIDEndpoints(signIn: openID, desk: identity.desk).install(into: &router)
      }
      SignInWays(openID: configuration.identity.openID.map { _ in OpenIDEndpoints.path }).install(into: &router)
      // What echoes anything back has no place on an address that others reach.
      if configuration.diagnostics, listener.address.isLoopback { DiagnosticsEndpoints.install(into: &router) }
    case .agents:
      break
    case .admin:
      AdminEndpoints(status: status, metrics: metrics).install(into: &router)
      AuditEndpoint(audit: identity.audit).install(into: &router)
      SignInLinkEndpoints(desk: identity.desk, links: identity.links, publicURL: publicURL).install(into: &router)
    }
    return router
  }

  /// Where people reach the public listener, without a slash at the end; its port is known once it listens.
  private nonisolated var publicURL: @Sendable () -> String {
    let configured = configuration.identity.publicURL.map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 }
    return { [status] in
      configured ?? status.listeners.first { $0.name == ListenerName.public.rawValue }?.url ?? ""
    }
  }

  /// The server certificate of the development PKI is for names and loopback addresses; people read names.
  private func url(of address: SocketAddress) -> String {
    address.isLoopback ? "https://localhost:\(address.port)" : "https://\(address)"
  }
}
