import Identity
import JSON
import Telemetry

/// How an agent does: its health, its work, and how quickly it takes work.
struct AgentFigures: Sendable {
  let running: Int
  let waiting: Int
  /// Nil where it was never given a task.
  let handOver: (times: Distribution, isRecent: Bool)?

  init(running: Int, waiting: Int, handOver: (times: Distribution, isRecent: Bool)?) {
    self.running = running
    self.waiting = waiting
    self.handOver = handOver
  }

  init(of agent: KnownAgent, work: Runs.Load, _ sources: OperationsSources) {
    let times = MetricFigures(metrics: sources.metrics).times(OperationsNames.handOver, by: "agent")
    self.init(of: agent, work: work, times: times[agent.name], window: sources.rounds.recent.handOvers[agent.name])
  }

  init(of agent: KnownAgent, work: Runs.Load, times: Distribution?, window: TimesWindow?) {
    self.init(
      running: work.runningAtAgent[agent.name] ?? 0, waiting: work.waitingAtAgent[agent.name] ?? 0,
      handOver: times.map { window?.times(until: $0) ?? ($0, false) })
  }

  /// All of it, as the page of operations has it.
  func write(_ agent: KnownAgent, _ health: AgentHealth, isDefault: Bool, to object: inout JSONWriter) {
    object.member("name", agent.name)
    object.member("default", isDefault)
    object.member("state", health.state.rawValue)
    object.member("since", ifPresent: health.since.map { RFC3339.text(secondsSince1970: $0.seconds) })
    object.member("lastSeen", ifPresent: health.lastSeen.map { RFC3339.text(secondsSince1970: $0.seconds) })
    object.member("reason", ifPresent: (agent.quarantine ?? health.trouble).map { Self.bounded($0) })
    write(of: agent, health, to: &object)
  }

  /// What an agent's own document does not have anyway.
  func write(of agent: KnownAgent, _ health: AgentHealth, to object: inout JSONWriter) {
    object.member("running", running)
    object.member("waiting", waiting)
    if let handOver, handOver.times.total > 0 {
      object.object("handOver") {
        handOver.times.write(shares: [50, 95], over: handOver.isRecent ? "ten-minutes" : "start", to: &$0)
      }
    }
    if let trouble = health.lastTrouble {
      object.object("lastError") { error in
        error.member("text", Self.bounded(trouble.text))
        error.member("time", RFC3339.text(secondsSince1970: trouble.time.seconds))
      }
    }
    AgentFacts.writeCertificates(of: agent, health, to: &object)
  }

  /// What others say may be long; a page of many agents has room for a sentence of each.
  private static func bounded(_ text: String) -> String {
    var shown = ""
    for scalar in text.unicodeScalars {
      guard shown.utf8.count < longest else { return shown + "…" }
      shown.unicodeScalars.append(scalar.properties.generalCategory == .control ? " " : scalar)
    }
    return shown
  }

  private static let longest = 160
}

extension Distribution {
  /// In milliseconds: below each of these shares of a hundred.
  func write(shares: [Int], over window: String, to object: inout JSONWriter) {
    for share in shares {
      object.member(
        "p\(share)", ifPresent: milliseconds(below: Double(share) / 100).map { ($0 * 100).rounded() / 100 })
    }
    object.member("count", total)
    object.member("over", window)
  }
}
