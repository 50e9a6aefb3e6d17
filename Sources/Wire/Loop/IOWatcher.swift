import CLibev

/// Tells when a descriptor can be read or written, whichever of the two is asked for at the moment. On the loop's thread only;
/// `stop` it before letting go of it or of the descriptor.
@safe final class IOWatcher {
  /// What to wait for.
  struct Interest: OptionSet {
    let rawValue: Int32
    static let reading = Interest(rawValue: Int32(EV_READ))
    static let writing = Interest(rawValue: Int32(EV_WRITE))
  }

  private let watcher: UnsafeMutablePointer<ev_io>
  private let descriptor: Int32
  private let loop: Loop
  private let action: @Sendable (Interest) -> Void
  private var interest: Interest = []

  init(descriptor: Int32, on loop: Loop, action: @escaping @Sendable (Interest) -> Void) {
    self.descriptor = descriptor
    self.loop = loop
    self.action = action
    unsafe watcher = .allocate(capacity: 1)
    unsafe watcher.initialize(to: ev_io())
    unsafe signalbox_ev_io_init(watcher, descriptorIsReady, descriptor, 0)
    // Unretained: `stop` takes the watcher off the loop before this object goes.
    unsafe watcher.pointee.data = Unmanaged.passUnretained(self).toOpaque()
  }

  /// Waits for this from now on; for nothing when it is empty.
  func wait(for interest: Interest) {
    guard interest != self.interest, let core = loop.liveCore else { return }
    if !self.interest.isEmpty { unsafe ev_io_stop(core.events, watcher) }
    self.interest = interest
    guard !interest.isEmpty else { return }
    unsafe signalbox_ev_io_set(watcher, descriptor, interest.rawValue)
    unsafe ev_io_start(core.events, watcher)
  }

  /// Calls back once in this turn of the loop, as if the descriptor had become ready. `wait` for something must be in force.
  func callSoon(_ interest: Interest) {
    guard !self.interest.isEmpty, let core = loop.liveCore else { return }
    unsafe ev_feed_event(core.events, watcher, interest.rawValue)
  }

  func stop() {
    wait(for: [])
  }

  fileprivate func fire(_ events: Int32) {
    action(Interest(rawValue: events & (Interest.reading.rawValue | Interest.writing.rawValue)))
  }

  deinit {
    assert(interest.isEmpty, "A watcher must be stopped before it is released.")
    unsafe watcher.deallocate()
  }
}

@c private func descriptorIsReady(_ loop: OpaquePointer, _ watcher: UnsafeMutablePointer<ev_io>, _ events: Int32) {
  guard let data = unsafe watcher.pointee.data else { return }
  unsafe Unmanaged<IOWatcher>.fromOpaque(data).takeUnretainedValue().fire(events)
}
