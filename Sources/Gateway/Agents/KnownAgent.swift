import A2A
import A2AWire
import HTTP
import Identity
import Synchronization
import Telemetry
import Wire

/// One of the agents. Any thread.
///
/// It keeps its name and its address for as long as it lives; what else is configured of it may change with a reload. Tasks hold on to the
/// agent that they began with, so one that was taken out of the configuration, or has moved, serves them to their end.
final class KnownAgent: Sendable {
  private struct State {
    var configuration: AgentConfiguration
    var cardKeys: KeySet?
    /// When the certificate ends that we show, in seconds since 1970.
    var ownEnd: Int64?
    var health = AgentHealth()
    var watching: Task<Void, Never>?
  }

  let name: String
  /// Where its calls run: runs of this agent's tasks belong there, too.
  let loop: Loop
  let client: AgentClient
  private let http: HTTPClient
  private let watch: AgentWatch
  private let clock: GatewayClock
  private let log: Log
  private let state: Mutex<State>

  init(
    _ configuration: AgentConfiguration, _ files: AgentFiles, _ deadlines: RunDeadlines, on loop: Loop,
    pace: AgentPace, clock: GatewayClock, log: Log
  ) throws {
    name = configuration.name
    self.loop = loop
    self.clock = clock
    self.log = log.with("agent", .string(configuration.name))
    watch = AgentWatch(pace: pace)
    var calls = ClientConfiguration(tls: files.tls)
    calls.idleConnections = 32
    http = try HTTPClient(loop: loop, configuration: calls)
    client = try Self.client(of: configuration.url, over: http, Self.options(deadlines))
    state = Mutex(
      State(configuration: configuration, cardKeys: files.cardKeys, ownEnd: files.tls.identity?.notAfter))
  }

  var configuration: AgentConfiguration { state.withLock { $0.configuration } }
  var health: AgentHealth { state.withLock { $0.health } }
  /// When the certificate ends that we show, in seconds since 1970; nil when we show none.
  var ownCertificateEnd: Int64? { state.withLock { $0.ownEnd } }

  /// What it says of itself, as it was last seen; nil before.
  var card: AgentCard? { health.card }

  /// A sentence why it gets no tasks; nil when it does. That it cannot be reached is none: the task finds that out, and says it.
  var quarantine: String? {
    state.withLock { state in
      if state.health.state == .quarantined { return state.health.trouble }
      guard state.cardKeys != nil, state.health.card == nil else { return nil }
      return "The signature of the card of \(name) has not been verified yet."
    }
  }

  // MARK: What is configured

  /// Something else is configured of the same agent: new connections show and demand this from now on.
  func adopt(_ configuration: AgentConfiguration, _ files: AgentFiles) async throws {
    try await http.reload(files.tls)
    state.withLock { state in
      state.configuration = configuration
      state.cardKeys = files.cardKeys
      state.ownEnd = files.tls.identity?.notAfter
    }
    watch.hurry()
  }

  private static func client(
    of url: String, over http: HTTPClient, _ options: AgentClientOptions
  ) throws(ServiceURLError) -> AgentClient {
    let url = try ServiceURL(parsing: url)
    return url.path == "/"
      ? try AgentClient(at: url, over: http, options: options) : AgentClient(card: url, over: http, options: options)
  }

  private static func options(_ deadlines: RunDeadlines) -> AgentClientOptions {
    var options = AgentClientOptions()
    options.deadlines.connect = deadlines.connect
    options.deadlines.firstByte = deadlines.firstEvent
    options.deadlines.silence = deadlines.silence
    options.deadlines.blockingSend = deadlines.whole
    options.extensions = [ProgressReport.extensionURI]
    return options
  }

  // MARK: How it is

  /// Begins to look at it, with what its calls show and demand.
  func beginWatching() {
    let watching = Task(executorPreference: loop.tasks) { [watch, weak self] in
      await watch.run { await self?.look() ?? 0 }
    }
    state.withLock { $0.watching = watching }
  }

  /// Returns when nothing of it runs any more: its loop may end before this object does.
  func endWatching() async {
    let watching = state.withLock { $0.watching }
    watching?.cancel()
    await watching?.value
  }

  /// A call has failed: whether it is the agent that is gone, or the one call, a look will show.
  func callFailed() {
    watch.hurry()
  }

  /// Ends every call to it.
  func close() async {
    await endWatching()
    await http.close()
  }

  /// Returns how many looks in a row have failed.
  private func look() async -> Int {
    var found: Result<CardReading, AgentCallError>
    do throws(AgentCallError) {
      found = .success(try await client.readCard())
    } catch {
      found = .failure(error)
    }
    if Task.isCancelled { return 0 }
    let (change, health) = state.withLock { state in
      let change = Self.judge(found, state.cardKeys, &state.health, at: clock.now())
      return (change, state.health)
    }
    if let change { tell(change, health) }
    return health.failures
  }

  private static func judge(
    _ found: Result<CardReading, AgentCallError>, _ keys: KeySet?, _ health: inout AgentHealth, at now: UnixTime
  ) -> AgentHealth.Change? {
    switch found {
    case .success(let reading):
      if let keys, let fault = CardSignatures.fault(of: reading, keys) {
        return health.failed(.unfit(fault), at: now)
      }
      return health.saw(
        reading.card, in: reading.interface.dialect, certificateEnd: reading.server?.notAfter, at: now)
    case .failure(let error):
      return health.failed(AgentFinding(error), at: now)
    }
  }

  private func tell(_ change: AgentHealth.Change, _ health: AgentHealth) {
    switch change {
    case .found, .newCard:
      log.info(
        change == .found ? "agent found" : "agent has another card",
        ["card": .string(health.card?.name ?? ""), "version": .string(health.card?.version ?? "")])
    case .lost(let why): log.warning("agent out of reach", ["why": .string(why)])
    case .quarantined(let why): log.warning("agent gets no tasks", ["why": .string(why)])
    }
  }
}
