import HTTP
import Identity
import Journal
package import Telemetry
package import Wire

/// The running gateway: its listeners, what they serve, and its life from start to stop.
package actor Gateway {
  /// As it was at the start, with what reloads have brought.
  var configuration: GatewayConfiguration
  let log: Log
  private let metrics: MetricsRegistry
  let server: Server
  let status: GatewayStatus
  private let clock: GatewayClock
  /// Nil where nobody has said: then the files that the configuration names are read again, and the end is this gateway's own.
  let host: GatewayHost?
  /// As they were at the start.
  private var samples = SampleShelf.empty
  /// Nil until the start.
  var identity: IdentityServices?
  /// Nil until the start. Inside for tests that look at what was stored, or store something themselves.
  var records: RecordServices?
  /// Nil until the start.
  var work: WorkServices?
  /// Nil where no stream is configured, and until the start.
  var streamDesk: StreamDesk?
  /// Nil until the start.
  var rounds: OperationsRounds?
  /// The last one that was asked for.
  var reloading: Task<ReloadReport, any Error>?
  var ending = GatewayEnding()
  /// What is served on which listener and who may come, for the tests that hold it against their own table.
  package private(set) var routeTable: [String: [SecuredRouter.Row]] = [:]

  /// Where the gateway can be reached, with real ports.
  package struct Addresses: Sendable {
    package let publicAddress: SocketAddress
    package let agentAddress: SocketAddress?
    package let adminAddress: SocketAddress?
  }

  package init(
    configuration: GatewayConfiguration, log: Log, version: String, clock: GatewayClock = .system,
    host: GatewayHost? = nil
  ) {
    self.configuration = configuration
    self.clock = clock
    self.host = host
    self.log = log
    metrics = MetricsRegistry()
    server = Server(loops: configuration.loops, telemetry: ServerTelemetry(log: log, metrics: metrics))
    status = GatewayStatus(version: version, loops: configuration.loops)
  }

  /// Reads certificates, pages and the policy, then listens. Throws with the file, address or setting that is wrong.
  package func start() async throws -> Addresses {
    let site = try StaticSite.load(configuration.webFolder)
    if let folder = configuration.samplesFolder { samples = try SampleShelf.load(folder) }
    let (identity, records) = try await startKeeping()
    let work: WorkServices
    do {
      work = try await WorkServices.start(
        configuration.work, loops: configuration.loops, version: status.version, records: records, identity: identity,
        clock: clock, log: log, metrics: metrics)
    } catch {
      await records.stop()
      await identity.stop()
      throw error
    }
    do {
      let facts = StreamFacts(metrics)
      if let stream = configuration.streamIngest {
        streamDesk = try await StreamDesk.start(
          stream, facts: facts, records: records, identities: identity.identities, clock: clock, log: log)
      }
    } catch {
      await work.stop()
      await records.stop()
      await identity.stop()
      throw error
    }
    let rounds = OperationsRounds(metrics, journal: records.journal, clock: clock)
    let fronts = a2aFronts(identity, records, work, metrics)
    let addresses: [SocketAddress]
    var certificates: [ListenerName: [CertificateEnd]] = [:]
    do {
      var listeners: [ListenerConfiguration] = []
      for (name, listener) in configuration.openListeners {
        let tls = try listener.loadTLS()
        certificates[name] = CertificateEnd.all(of: tls)
        listeners.append(make(name, listener, tls, identity, records, work, rounds, fronts[name], site: site))
      }
      addresses = try await server.start(listeners)
      try await work.begin()
    } catch {
      await streamDesk?.stop()
      await rounds.stop()
      await work.stop()
      await records.stop()
      await identity.stop()
      throw error
    }
    self.identity = identity
    self.records = records
    self.work = work
    self.rounds = rounds
    var byName: [ListenerName: SocketAddress] = [:]
    for ((name, listener), address) in zip(configuration.openListeners, addresses) {
      byName[name] = address
      status.add(
        .init(
          name: name, url: url(of: address), clientCertificates: listener.clientCertificates,
          certificates: certificates[name] ?? []))
      log.info("listening", ["listener": .string(name.rawValue), "address": .string(address.description)])
    }
    publish(fronts)
    OperationMetrics(metrics: metrics, status: status).install(certificatesOf: Array(byName.keys))
    await streamDesk?.begin()
    status.phase = .ready
    guard let publicAddress = byName[.public] else { preconditionFailure("The public listener is always opened.") }
    return Addresses(publicAddress: publicAddress, agentAddress: byName[.agents], adminAddress: byName[.admin])
  }

  /// What is kept: who is signed in, and what has happened. Where the journal is on a server, the sessions are beside it.
  private func startKeeping() async throws -> (IdentityServices, RecordServices) {
    var records: RecordServices?
    if configuration.journal.redis != nil {
      records = try await RecordServices.start(configuration, clock: clock, log: log, metrics: metrics)
    }
    let identity: IdentityServices
    do {
      identity = try await IdentityServices.start(
        configuration.identity, clock: clock, log: log, metrics: metrics, sharing: records?.ledger,
        counts: records?.counts, publicURL: publicURL
      )
    } catch {
      await records?.stop()
      throw error
    }
    if let records { return (identity, records) }
    do {
      return (identity, try await RecordServices.start(configuration, clock: clock, log: log, metrics: metrics))
    } catch {
      await identity.stop()
      throw error
    }
  }

  private func make(
    _ name: ListenerName, _ listener: GatewayConfiguration.Listener, _ tls: TLSConfiguration,
    _ identity: IdentityServices, _ records: RecordServices, _ work: WorkServices, _ rounds: OperationsRounds,
    _ front: A2AFront?, site: StaticSite
  ) -> ListenerConfiguration {
    var routes = routes(for: name, listener, identity, records, work, rounds, site: site)
    front?.install(into: &routes)
    routeTable[name.rawValue] = routes.rows
    var made = ListenerConfiguration(
      name: name.rawValue, address: listener.address, security: .tls(tls),
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
    for name: ListenerName, _ listener: GatewayConfiguration.Listener, _ identity: IdentityServices,
    _ records: RecordServices, _ work: WorkServices, _ rounds: OperationsRounds, site: StaticSite
  ) -> SecuredRouter {
    let operations = OperationsSources(
      status: status, metrics: metrics, records: records, grants: identity.grants, agents: work.directory,
      runs: work.runs, lease: work.lease, stream: streamDesk, refusals: identity.gate.recentRefusals, rounds: rounds,
      clock: clock,
      connections: { [server] name in (try? await server.connectionCount(name.rawValue)) ?? 0 })
    // The server lets go of its routes, and so of this, when it has stopped.
    let drain = GatewayDrain(audit: identity.audit) { [self] rate in await beginEnd(at: rate) }
    var router = SecuredRouter(gate: identity.gate, spans: work.spans.map { RequestSpans(sink: $0) })
    HealthEndpoints(status: status).install(into: &router)
    switch name {
    case .public:
      for (pattern, page) in site.routes(pages: Self.pages) {
        router.on(.get, pattern, .open) { request, _ in try await page(request) }
      }
      OpenAPIEndpoint.install(into: &router)
      AboutEndpoint(status: status, agents: work.directory).install(into: &router)
      AgentEndpoints(directory: work.directory, operations: operations).install(into: &router)
      OperationsEndpoints(sources: operations, drain: drain).install(into: &router)
      GrantEndpoints(grants: identity.grants).install(into: &router)
      SessionEndpoints(desk: identity.desk, links: identity.links).install(into: &router)
      SessionListEndpoints(desk: identity.desk).install(into: &router)
      let profiles = ProfileStreams(
        hub: records.hub, grants: identity.grants, configuration: configuration.streams, clock: clock)
      TaskEndpoints(tasks: records.tasks, directory: work.directory).install(into: &router)
      QuestionEndpoints(tasks: records.tasks).install(into: &router)
      WatcherEndpoint(tasks: records.tasks, presence: records.hub.presence).install(into: &router)
      WorkEndpoints(tasks: records.tasks, runs: work.runs).install(into: &router)
      CommandEndpoints(control: work.control, directory: work.directory).install(into: &router)
      AnalyzeEndpoint(runs: work.runs).install(into: &router)
      AnalysisEndpoints(tasks: records.tasks).install(into: &router)
      AgentAreaEndpoints(
        tasks: records.tasks, runs: work.runs, control: work.control, directory: work.directory,
        events: AgentAreaEvents(hub: records.hub, streams: profiles, admission: records.admission)
      ).install(into: &router)
      SampleEndpoints(shelf: samples).install(into: &router)
      StreamEndpoints(
        hub: records.hub, tasks: records.tasks, grants: identity.grants, configuration: configuration.streams,
        profiles: profiles, admission: records.admission
      ).install(into: &router)
      ChatEndpoint(control: work.control, directory: work.directory, streams: profiles).install(into: &router)
      WorkflowEndpoints(tasks: records.tasks).install(into: &router)
      SocketEndpoint(
        services: SocketServices(
          hub: records.hub, admission: records.admission, control: work.control, runs: work.runs, gate: identity.gate,
          metrics: SocketMetrics(metrics), limits: SocketLimits(), backlog: configuration.streams.backlog,
          clock: clock, log: log),
        grants: identity.grants
      ).install(into: &router)
      if let openID = identity.openID {
        OpenIDEndpoints(signIn: openID, desk: identity.desk).install(into: &router)
      }
      SignInWays(openID: configuration.identity.openID.map { _ in OpenIDEndpoints.path }).install(into: &router)
      // What echoes anything back has no place on an address that others reach.
      if configuration.diagnostics, listener.address.isLoopback { DiagnosticsEndpoints.install(into: &router) }
    case .agents:
      IngestEndpoints(tasks: records.tasks, rates: identity.gate.rates, clock: clock).install(into: &router)
    case .admin:
      StatusEndpoints(sources: operations).install(into: &router)
      OperationEndpoints(audit: identity.audit, reload: { [self] in try await reload() }).install(into: &router)
      DrainEndpoints(drain: drain, forecast: { [self] in await forecast($0) }).install(into: &router)
      AuditEndpoint(audit: identity.audit).install(into: &router)
      SignInLinkEndpoints(desk: identity.desk, links: identity.links, publicURL: publicURL).install(into: &router)
    }
    return router
  }

  /// Where the dashboard has a page: each is `index.html`, which looks at the address itself.
  private static let pages = [
    "/", "/new", "/tasks/{id}", "/tasks/{id}/events/{seq}", "/agents", "/agents/{name}", "/ops", "/help",
  ]

  /// Where people reach the public listener, without a slash at the end; its port is known once it listens.
  var publicURL: @Sendable () -> String {
    let configured = configuration.identity.publicURL.map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 }
    return { [status] in
      configured ?? status.listeners.first { $0.name == .public }?.url ?? ""
    }
  }

  /// The server certificate of the development PKI is for names and loopback addresses; people read names.
  private func url(of address: SocketAddress) -> String {
    address.isLoopback ? "https://localhost:\(address.port)" : "https://\(address)"
  }
}
