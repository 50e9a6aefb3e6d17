import A2A
package import A2AWire
package import Telemetry
package import Wire

/// An agent as a service: its store behind A2A's endpoints on a listener, from start to stop.
package actor AgentServer {
  private enum State {
    case idle
    case running(TaskStore, Server, Pushing?)
    case over
  }

  /// Notifications leave on a loop of their own, so that receivers slow down nobody else.
  private struct Pushing {
    let loop: Loop
    let sender: PushSender
  }

  private let agent: any Agent
  private let configuration: AgentServerConfiguration
  private let world: AgentWorld
  private let log: Log
  private let metrics: MetricsRegistry
  private let service: @Sendable (TaskStore) -> any TaskService
  private var state = State.idle

  /// - Parameter service: what stands before the store; as a rule nothing does.
  package init(
    _ agent: any Agent, configuration: AgentServerConfiguration, log: Log, metrics: MetricsRegistry = MetricsRegistry(),
    world: AgentWorld = .system, service: @escaping @Sendable (TaskStore) -> any TaskService = { $0 }
  ) {
    self.agent = agent
    self.configuration = configuration
    self.log = log
    self.metrics = metrics
    self.world = world
    self.service = service
  }

  /// Where the agent can be reached.
  package struct Address: Sendable {
    package let address: SocketAddress
    /// As the card says it.
    package let origin: String
  }

  /// Listens. Throws, with nothing left open, when the address or the certificate is no good.
  package func start() async throws -> Address {
    guard case .idle = state else { throw WireError(.closed, "An agent starts once.") }
    state = .over
    let pushing = try await startPushing()
    let store = TaskStore(
      agent: agent, limits: configuration.tasks, world: world, log: log, push: pushing?.sender,
      requiresCertificate: configuration.security.requiresCertificate)
    let endpoints = A2AEndpoints(
      service(store), options: endpointOptions, telemetry: EndpointTelemetry(log: log, metrics: metrics))
    var router = Router()
    endpoints.install(into: &router)
    var listener = ListenerConfiguration(
      name: agent.profile.name, address: configuration.address,
      security: try Self.listenerSecurity(configuration.security), router: router)
    listener.limits = configuration.connections
    // A2A replays nothing: a stream that is cut has lost events. So whoever does not read gets a minute, not a few seconds; what waits
    // meanwhile is bounded by `TaskLimits`.
    listener.deadlines.minimumRate.window = .seconds(60)
    listener.fields = SecurityFields.forServices(strictTransportSeconds: 0)
    let server = Server(loops: configuration.loops, telemetry: ServerTelemetry(log: log, metrics: metrics))
    do {
      let address = try await server.start([listener])[0]
      let origin = configuration.origin ?? origin(of: address)
      endpoints.publish(origin: origin)
      state = .running(store, server, pushing)
      log.info("listening", ["agent": .string(agent.profile.name), "address": .string(address.description)])
      return Address(address: address, origin: origin)
    } catch {
      await end(pushing, within: .zero)
      throw error
    }
  }

  /// Takes no new tasks, lets those under way end, fails the rest with a sentence, and closes everything.
  package func stop() async {
    guard case .running(let store, let server, let pushing) = state else { return }
    state = .over
    await store.stop(grace: configuration.grace)
    // What has just ended is on its way to readers and receivers; a listener that stops ends streams where they are.
    await store.untilRead(within: Self.farewell)
    await end(pushing, within: Self.farewell)
    await server.stop(grace: Self.farewell)
    log.info("stopped")
  }

  /// Puts another certificate, authority or revocation list in place. Open connections keep what they have.
  package func reload(_ security: AgentServerConfiguration.Security) async throws {
    guard case .running(_, let server, _) = state, case .tls(let tls) = try Self.listenerSecurity(security) else {
      return
    }
    try await server.reload(agent.profile.name, tls: tls)
    log.info("certificates reloaded")
  }

  private static let farewell: Duration = .seconds(2)

  private var endpointOptions: EndpointOptions {
    var options = EndpointOptions()
    options.versions = configuration.versions
    options.callers = configuration.callers
    options.bodyLimit = configuration.tasks.requestBytes
    options.streams.total = configuration.tasks.streams
    options.heartbeat = configuration.heartbeat
    return options
  }

  private static func listenerSecurity(_ security: AgentServerConfiguration.Security) throws -> ListenerSecurity {
    switch security {
    case .mutualTLS(let identity, let clients):
      .tls(try TLSConfiguration(identity: identity, clients: .required(clients)))
    case .plainOnLoopback: .plainOnLoopback
    }
  }

  /// Certificates are for names as a rule, and those of development for this one.
  private func origin(of address: SocketAddress) -> String {
    switch configuration.security {
    case .mutualTLS: "https://\(address.isLoopback ? "localhost:\(address.port)" : "\(address)")"
    case .plainOnLoopback: "http://\(address)"
    }
  }

  private func startPushing() async throws -> Pushing? {
    guard agent.profile.pushNotifications, configuration.pushTrust != nil || configuration.allowsPrivatePush else {
      return nil
    }
    let loop = try await Loop.start(name: "push")
    do {
      var options = PushOptions()
      options.allowsPrivateAddresses = configuration.allowsPrivatePush
      let tls = ClientTLS(trust: configuration.pushTrust ?? .nobody())
      let sender = try PushSender(
        loop: loop, tls: tls, options: options, telemetry: PushTelemetry(log: log, metrics: metrics))
      return Pushing(loop: loop, sender: sender)
    } catch {
      await loop.stop()
      throw error
    }
  }

  private func end(_ pushing: Pushing?, within grace: Duration) async {
    guard let pushing else { return }
    await pushing.sender.finish(within: grace)
    await pushing.loop.stop()
  }
}
