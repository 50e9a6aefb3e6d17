import Telemetry
import Wire

/// What Prometheus is told of the agents.
struct AgentMetrics: Sendable {
  let metrics: MetricsRegistry

  func install(_ directory: AgentDirectory) {
    for state in AgentHealth.State.allCases {
      metrics.gauge(
        "signalbox_agents", help: "Agents that are configured, by state.", labels: ["state": state.rawValue],
        reading: { [weak directory] in
          Double(directory?.all.count(where: { $0.health.state == state }) ?? 0)
        })
    }
  }

  /// Once for each name: a reading stays, and is NaN while there is no such agent.
  func follow(_ name: String, in directory: AgentDirectory) {
    metrics.gauge(
      "signalbox_agent_up", help: "1 when the last look at the agent was good, 0 when it was not; by agent.",
      labels: ["agent": name],
      reading: { [weak directory] in
        switch directory?[name]?.health.state {
        case .well: 1
        case .away, .quarantined: 0
        case .unseen, nil: .nan
        }
      })
    followEnd("agent", of: name) { [weak directory] in directory?[name]?.health.certificateEnd }
    followEnd("gateway", of: name) { [weak directory] in directory?[name]?.ownCertificateEnd }
  }

  private func followEnd(_ side: String, of name: String, _ end: @escaping @Sendable () -> Int64?) {
    metrics.gauge(
      "signalbox_agent_certificate_days_left",
      help:
        "Days until a certificate ends, by agent and side: the agent's own, as it was last shown, or what the gateway shows it.",
      labels: ["agent": name, "side": side],
      reading: { end().map { Double($0 - UnixClock.now()) / 86_400 } ?? .nan })
  }
}
