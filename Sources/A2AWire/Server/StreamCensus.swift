import A2A
import Synchronization
import Telemetry

/// Counts open streams, of all callers and of each.
final class StreamCensus: Sendable {
  private struct Counts {
    var total = 0
    var byCaller: [Caller: Int] = [:]
  }

  private let limits: StreamLimits
  private let open: Gauge
  private let counts = Mutex(Counts())

  init(_ limits: StreamLimits, open: Gauge) {
    self.limits = limits
    self.open = open
  }

  /// Nil when the caller may have no other stream; then `fullMessage` says why.
  func admit(_ caller: Caller) -> Place? {
    let isAdmitted = counts.withLock { counts in
      guard counts.total < limits.total, counts.byCaller[caller, default: 0] < limits.perCaller else { return false }
      counts.total += 1
      counts.byCaller[caller, default: 0] += 1
      return true
    }
    guard isAdmitted else { return nil }
    open.add()
    return Place(census: self, caller: caller)
  }

  func fullMessage(for caller: Caller) -> String {
    let own = counts.withLock { $0.byCaller[caller, default: 0] }
    return own >= limits.perCaller
      ? "The caller has \(own) streams open here and may have no more. Close one, or ask for the task instead."
      : "This agent has as many streams open as it may have. Try again later, or ask for the task instead."
  }

  private func leave(_ caller: Caller) {
    counts.withLock { counts in
      counts.total -= 1
      let own = counts.byCaller[caller, default: 1] - 1
      counts.byCaller[caller] = own == 0 ? nil : own
    }
    open.subtract()
  }

  /// One open stream. Letting go of it frees the place.
  final class Place: Sendable {
    private let census: StreamCensus
    private let caller: Caller

    fileprivate init(census: StreamCensus, caller: Caller) {
      self.census = census
      self.caller = caller
    }

    deinit { census.leave(caller) }
  }
}
