import Glibc
import Synchronization
import Telemetry

/// Log lines to a file descriptor, written by a thread of its own: a terminal or pipe that does not take them holds up nobody.
/// When more than `limit` bytes wait, lines are dropped, and a line says how many.
package final class DescriptorSink: LogSink {
  private let descriptor: Int32
  private let limit: Int
  private let pending = Mutex(Pending())
  private let work = Semaphore()

  private struct Pending {
    var bytes: [UInt8] = []
    var dropped = 0
    var isWriting = false
    var flushWaiters: [CheckedContinuation<Void, Never>] = []
  }

  /// The descriptor stays the caller's; 2 is standard error.
  package init(descriptor: Int32, limit: Int = 4 << 20) throws(WireError) {
    self.descriptor = descriptor
    self.limit = limit
    // Passed retained and never released: a sink lives as long as the process.
    let argument = unsafe Unmanaged.passRetained(self).toOpaque()
    var thread = pthread_t()
    let status = unsafe pthread_create(&thread, nil, sinkThreadBody, argument)
    guard status == 0 else { throw WireError(.resources, "The log's thread could not be started", errno: status) }
    pthread_detach(thread)
  }

  package func write(_ line: [UInt8]) {
    let mustWake = pending.withLock { pending in
      guard pending.bytes.count + line.count <= limit else {
        pending.dropped += 1
        return false
      }
      defer { pending.bytes += line }
      return pending.bytes.isEmpty
    }
    if mustWake { work.signal() }
  }

  /// Returns when every line written so far is with the kernel.
  package func flush() async {
    await withCheckedContinuation { continuation in
      let isIdle = pending.withLock { pending in
        if pending.bytes.isEmpty, !pending.isWriting { return true }
        pending.flushWaiters.append(continuation)
        return false
      }
      if isIdle { continuation.resume() }
    }
  }

  fileprivate func serve() {
    while true {
      work.wait()
      let (bytes, dropped) = pending.withLock { pending in
        defer {
          pending.bytes = []
          pending.dropped = 0
          pending.isWriting = true
        }
        return (pending.bytes, pending.dropped)
      }
      writeAll(bytes)
      if dropped > 0 {
        var line = JSONLine()
        line.add("level", "warning")
        line.add("message", "log lines dropped")
        line.add("count", dropped)
        writeAll(line.finishLine())
      }
      let waiters = pending.withLock { pending in
        pending.isWriting = false
        guard pending.bytes.isEmpty else { return [CheckedContinuation<Void, Never>]() }
        defer { pending.flushWaiters = [] }
        return pending.flushWaiters
      }
      for waiter in waiters { waiter.resume() }
    }
  }

  private func writeAll(_ bytes: [UInt8]) {
    var offset = 0
    while offset < bytes.count {
      let written = unsafe bytes.withUnsafeBytes { bytes in
        unsafe Glibc.write(descriptor, bytes.baseAddress?.advanced(by: offset), bytes.count - offset)
      }
      if written < 0, errno == EINTR { continue }
      // Nobody reads any more (a closed pipe): there is no one left to tell.
      guard written > 0 else { return }
      offset += written
    }
  }
}

@c private func sinkThreadBody(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let argument = unsafe argument else { return nil }
  unsafe Unmanaged<DescriptorSink>.fromOpaque(argument).takeUnretainedValue().serve()
  return nil
}
