import CLibev

/// The one door into a sleeping loop from another thread.
@safe final class LoopWakeup: Sendable {
  // Safety: libev documents ev_async_send as the call that is safe from any thread. The loop outlives its wake-up: the
  // inbox forgets the wake-up under its lock before the loop is destroyed.
  private nonisolated(unsafe) let loop: OpaquePointer
  private nonisolated(unsafe) let watcher: UnsafeMutablePointer<ev_async>

  init(loop: OpaquePointer) {
    unsafe self.loop = loop
    unsafe watcher = .allocate(capacity: 1)
    unsafe watcher.initialize(to: ev_async())
    unsafe signalbox_ev_async_init(watcher, loopWasWoken)
    unsafe ev_async_start(loop, watcher)
  }

  func send() {
    unsafe ev_async_send(loop, watcher)
  }

  /// On the loop's thread, before the loop is destroyed.
  func stop() {
    unsafe ev_async_stop(loop, watcher)
  }

  deinit {
    unsafe watcher.deallocate()
  }
}

/// Nothing to do here: being awake is enough, the prepare watcher drains the inbox before the loop sleeps again.
@c private func loopWasWoken(_ loop: OpaquePointer, _ watcher: UnsafeMutablePointer<ev_async>, _ events: Int32) {}
