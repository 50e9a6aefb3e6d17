import CLibev

/// A one-shot timer on a loop, to be set again and again. On the loop's thread only; `stop` it before letting go of it.
@safe final class LoopTimer {
  private let watcher: UnsafeMutablePointer<ev_timer>
  private let loop: Loop
  private let action: @Sendable () -> Void
  private var isStopped = false

  init(on loop: Loop, action: @escaping @Sendable () -> Void) {
    self.loop = loop
    self.action = action
    unsafe watcher = .allocate(capacity: 1)
    unsafe watcher.initialize(to: ev_timer())
    unsafe signalbox_ev_timer_init(watcher, timerIsDue)
    // Unretained: `stop` takes the watcher off the loop before this object goes.
    unsafe watcher.pointee.data = Unmanaged.passUnretained(self).toOpaque()
  }

  /// Replaces what was set before. Due at once when `delay` is not positive.
  func set(after delay: Duration) {
    guard !isStopped, let core = loop.liveCore else { return }
    unsafe ev_timer_stop(core.events, watcher)
    // The loop's idea of now may be as old as this turn of it.
    unsafe ev_now_update(core.events)
    unsafe signalbox_ev_timer_set(watcher, max(0, delay / .seconds(1)))
    unsafe ev_timer_start(core.events, watcher)
  }

  func cancel() {
    guard let core = loop.liveCore else { return }
    unsafe ev_timer_stop(core.events, watcher)
  }

  /// For good.
  func stop() {
    cancel()
    isStopped = true
  }

  fileprivate func fire() {
    action()
  }

  deinit {
    assert(isStopped, "A timer must be stopped before it is released.")
    unsafe watcher.deallocate()
  }
}

@c private func timerIsDue(_ loop: OpaquePointer, _ watcher: UnsafeMutablePointer<ev_timer>, _ events: Int32) {
  guard let data = unsafe watcher.pointee.data else { return }
  unsafe Unmanaged<LoopTimer>.fromOpaque(data).takeUnretainedValue().fire()
}
