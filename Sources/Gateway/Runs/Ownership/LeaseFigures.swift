import Journal
import Synchronization
import Telemetry

/// What operators see of a gateway's lease. Any thread.
final class LeaseFigures: Sendable {
  private struct State {
    /// It shares the journal with others.
    var isShared = false
    var fence: Fence?
    var until: Int64 = 0
  }

  /// A lease, and for how many seconds it is good at the moment.
  struct Held: Sendable, Equatable {
    let fence: Fence
    let secondsLeft: Double
  }

  private let clock: GatewayClock
  private let state = Mutex(State())
  private let lost: Counter
  private let taken: Counter

  /// What can be measured does not come and go with a setting.
  init(_ metrics: MetricsRegistry, clock: GatewayClock) {
    self.clock = clock
    lost = metrics.counter(
      "signalbox_leases_lost_total", help: "Times that the gateway could not keep its lease, and let go of its runs.")
    taken = metrics.counter(
      "signalbox_runs_taken_over_total", help: "Runs that the gateway has taken over from leases that were over.")
    metrics.gauge(
      "signalbox_lease_seconds_left",
      help: "Seconds for which the gateway's lease on its runs is good; NaN where it has the journal alone."
    ) { [weak self] in self?.secondsLeft ?? .nan }
  }

  /// Nil where it has none.
  var held: Held? {
    let (fence, until) = state.withLock { ($0.fence, $0.until) }
    return fence.map { Held(fence: $0, secondsLeft: max(0, Double(until - clock.steady()) / 1000)) }
  }

  var isShared: Bool { state.withLock { $0.isShared } }

  private var secondsLeft: Double { isShared ? held?.secondsLeft ?? 0 : .nan }

  func show(_ hold: LeaseHold) {
    state.withLock { state in
      (state.isShared, state.fence, state.until) = (true, hold.fence, hold.until)
    }
  }

  func wasLost() { lost.add() }
  func tookOver(_ count: Int) { taken.add(UInt64(max(0, count))) }
}
