import Journal
import Telemetry

/// What is at work with agents while a gateway runs.
struct WorkServices: Sendable {
  let directory: AgentDirectory
  let runs: Runs
  let control: Control
  /// Nil where no push notifications are sent.
  let push: PushDesk?
  /// Nil where no collector is configured.
  let spans: SpanExporter?
  /// Nil where this gateway has the journal alone.
  let ownership: Ownership?
  let lease: LeaseFigures

  /// Reads the certificates of all agents. Throws with the file that is wrong; nothing is left open then.
  /// - Parameter version: this gateway's, for the collector of spans.
  static func start(
    _ configuration: WorkConfiguration, loops: Int, version: String, records: RecordServices,
    identity: IdentityServices, clock: GatewayClock, log: Log, metrics: MetricsRegistry
  ) async throws -> WorkServices {
    let directory = try await AgentDirectory.start(
      configuration, gatewayLoops: loops, clock: clock, log: log, metrics: metrics)
    let push: PushDesk?
    let spans: SpanExporter?
    do {
      spans = try await SpanExporter.start(configuration, version: version, metrics: SpanMetrics(metrics), log: log)
      do {
        push = try await PushDesk.start(
          configuration, hub: records.hub, identities: identity.identities, log: log, metrics: metrics)
      } catch {
        await spans?.stop()
        throw error
      }
    } catch {
      await directory.stop()
      throw error
    }
    let journal = records.journal
    let counts = RunMetrics(metrics)
    for agent in configuration.agents { counts.expect(agent.name) }
    let leases = journal.leases
    let orders = leases.map { OrderDesk($0, clock: clock) }
    let runs = Runs(
      journal: journal, directory: directory, configuration: configuration, rates: identity.gate.rates, clock: clock,
      log: log, metrics: metrics, spans: spans, orders: orders, line: records.line
    ) { start, agent, fence in
      RunPump(
        start, at: agent, journal: journal, under: fence, deadlines: configuration.deadlines, time: RunTime(clock),
        log: log, spans: spans
      ) { counts.count($0, at: agent.name) }
    }
    let control = Control(
      tasks: records.tasks, runs: runs, hub: records.hub, rates: identity.gate.rates, audit: identity.audit)
    let lease = LeaseFigures(metrics, clock: clock)
    var ownership: Ownership?
    if let leases, let orders {
      ownership = Ownership(leases, of: runs, orders: orders, push: push, figures: lease, clock: clock, log: log)
    }
    return WorkServices(
      directory: directory, runs: runs, control: control, push: push, spans: spans, ownership: ownership, lease: lease)
  }

  /// Goes on with what the journal knows of. Returns at once; the work goes on.
  func begin() async throws {
    if let ownership { try await ownership.begin() } else { try await runs.begin() }
    try await push?.begin()
  }

  /// Tasks go on at their agents.
  func stop() async {
    if let ownership {
      await ownership.stop()
    } else {
      await runs.stop()
      await push?.stop()
    }
    await directory.stop()
    await spans?.stop()
  }
}
