import Telemetry

/// All that the page of operations shows is known somewhere; this is where.
struct OperationsSources: Sendable {
  let status: GatewayStatus
  let metrics: MetricsRegistry
  let records: RecordServices
  let grants: StreamGrants
  let agents: AgentDirectory
  let runs: Runs
  let lease: LeaseFigures
  /// Nil where none is configured.
  let stream: StreamDesk?
  let refusals: RecentRefusals
  let rounds: OperationsRounds
  let descriptors = OpenDescriptors()
  let clock: GatewayClock
  /// How many connections a listener has open.
  let connections: @Sendable (ListenerName) async -> Int
}
