import TestSupport

@testable import Wire

/// Timers on a loop, and the order in which they fired.
actor TimerBench {
  private nonisolated let loop: Loop
  private var timers: [String: LoopTimer] = [:]
  private(set) var fired: [String] = []

  nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe loop.asUnownedSerialExecutor() }

  init(_ loop: Loop) {
    self.loop = loop
  }

  func make(_ name: String, then signal: Signal? = nil) {
    timers[name] = LoopTimer(on: loop) { [weak self] in
      self?.assumeIsolated { $0.fired.append(name) }
      signal?.send()
    }
  }

  func set(_ name: String, after delay: Duration) {
    timers[name]?.set(after: delay)
  }

  func set(_ delays: [(String, Duration)]) {
    for (name, delay) in delays { set(name, after: delay) }
  }

  func setAndCancel(_ name: String, after delay: Duration) {
    timers[name]?.set(after: delay)
    timers[name]?.cancel()
  }

  func stop(_ name: String) {
    timers[name]?.stop()
  }

  /// Before the loop stops.
  func close() {
    for timer in timers.values { timer.stop() }
    timers = [:]
  }

  func fires(after delay: Duration) async throws -> Bool {
    let signal = Signal()
    make("only", then: signal)
    set("only", after: delay)
    return await signal.wait()
  }
}
