import A2A
import Telemetry

/// What is counted of runs. Any thread.
final class RunMetrics: Sendable {
  private let metrics: MetricsRegistry
  private let gaps: Counter
  private let late: Counter
  private let repeated: Counter
  private let running: Gauge
  private let waiting: Gauge

  init(_ metrics: MetricsRegistry) {
    self.metrics = metrics
    gaps = metrics.counter(
      "signalbox_task_gaps_total", help: "Times that an agent's events were lost and their place was written down.")
    late = metrics.counter(
      "signalbox_task_late_events_total", help: "Events that came from agents after the end of their task.")
    repeated = metrics.counter(
      "signalbox_task_repeated_events_total", help: "Events that agents sent again, and that the record had already.")
    running = metrics.gauge("signalbox_tasks_running", help: "Tasks that have a place at an agent.")
    waiting = metrics.gauge("signalbox_tasks_waiting", help: "Tasks that wait for a place at an agent.")
    // There from the start, so that a first end is an increase.
    for state in TaskState.allCases where state.isTerminal { _ = ends(state, nil) }
    for (command, words) in Self.verdicts { for word in words { _ = verdicts(command, word) } }
  }

  /// There from the start for agents that are, as well.
  func expect(_ agent: String) { _ = handOver(agent) }

  private func handOver(_ agent: String) -> Histogram {
    metrics.histogram(
      "signalbox_task_hand_over_seconds",
      help: "From the moment a task has a place to its agent's first event, by agent.",
      buckets: .durations([
        .milliseconds(5), .milliseconds(10), .milliseconds(25), .milliseconds(50), .milliseconds(100),
        .milliseconds(250), .milliseconds(500), .seconds(1), .milliseconds(2500), .seconds(5), .seconds(10),
      ]), labels: ["agent": agent])
  }

  func standing(running: Int, waiting: Int) {
    self.running.set(running)
    self.waiting.set(waiting)
  }

  /// - Parameter failure: nil where it is the agent's own end.
  func ended(as state: TaskState, _ failure: RunFailure?) { ends(state, failure).add() }

  private func ends(_ state: TaskState, _ failure: RunFailure?) -> Counter {
    metrics.counter(
      "signalbox_tasks_ended_total",
      help: "Tasks that have ended, by state and, where the gateway had to end them, the code of the failure.",
      labels: ["state": state.word, "failure": failure?.rawValue ?? ""])
  }

  func came(_ verdict: Verdict) { verdicts(verdict.command, verdict.word).add() }

  /// What may come of which command.
  private static let verdicts: [(String, [Verdict.Word])] = [
    ("cancel", [.stopped, .refused, .ignored, .tooLate, .undelivered]),
    ("send", [.taken, .refused, .tooLate, .undelivered]), ("answer", [.taken, .refused, .tooLate, .undelivered]),
    ("pause", [.paused, .refused, .tooLate, .undelivered]), ("resume", [.resumed, .refused, .tooLate, .undelivered]),
  ]

  private func verdicts(_ command: String, _ word: Verdict.Word) -> Counter {
    metrics.counter(
      "signalbox_command_verdicts_total", help: "What came of commands to tasks, by command and verdict.",
      labels: ["command": command, "verdict": word.rawValue])
  }

  /// What a run at that agent has to tell.
  func count(_ news: RunNews, at agent: String) {
    switch news {
    case .handedOver(let milliseconds): handOver(agent).observe(.milliseconds(milliseconds))
    case .gap: gaps.add()
    case .late: late.add()
    case .repeated: repeated.add()
    case .verdict(let verdict): came(verdict)
    case .ended(let state, let failure, _): ended(as: state, failure)
    case .lost, .found: break
    }
  }
}
