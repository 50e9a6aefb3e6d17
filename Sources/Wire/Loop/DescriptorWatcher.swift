import CLibev

/// Tells when a descriptor can be read, or written. On the loop's thread only; `stop` it before letting go of it or of the
/// descriptor.
@safe final class DescriptorWatcher {
  enum Interest {
    case reading
    case writing
  }

  private let watcher: UnsafeMutablePointer<ev_io>
  private let loop: Loop
  private let action: @Sendable () -> Void
  private var isRunning = false

  init(_ interest: Interest, descriptor: Int32, on loop: Loop, action: @escaping @Sendable () -> Void) {
    self.loop = loop
    self.action = action
    unsafe watcher = .allocate(capacity: 1)
    unsafe watcher.initialize(to: ev_io())
    let events = interest == .reading ? Int32(EV_READ) : Int32(EV_WRITE)
    unsafe signalbox_ev_io_init(watcher, descriptorIsReady, descriptor, events)
    // Unretained: `stop` takes the watcher off the loop before this object goes.
    unsafe watcher.pointee.data = Unmanaged.passUnretained(self).toOpaque()
  }

  func start() {
    guard !isRunning, let core = loop.liveCore else { return }
    isRunning = true
    unsafe ev_io_start(core.events, watcher)
  }

  func stop() {
    guard isRunning, let core = loop.liveCore else { return }
    isRunning = false
    unsafe ev_io_stop(core.events, watcher)
  }

  fileprivate func fire() {
    action()
  }

  deinit {
    assert(!isRunning, "A watcher must be stopped before it is released.")
    unsafe watcher.deallocate()
  }
}

@c private func descriptorIsReady(_ loop: OpaquePointer, _ watcher: UnsafeMutablePointer<ev_io>, _ events: Int32) {
  guard let data = unsafe watcher.pointee.data else { return }
  unsafe Unmanaged<DescriptorWatcher>.fromOpaque(data).takeUnretainedValue().fire()
}
