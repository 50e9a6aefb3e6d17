import CLibev
import Glibc

/// One attempt to reach an address: a TCP connection on its way. On the loop's thread only; give it up or take its descriptor.
///
/// Threads: `@unchecked Sendable` because its watcher's closure holds it; all of it happens on the loop's thread.
@safe final class PendingConnection: @unchecked Sendable {
  /// What has become of it: a descriptor for the taker to close, or the system's reason.
  enum Outcome {
    case connected(Int32)
    case failed(String)
  }

  private enum State {
    case pending(Int32, IOWatcher)
    case over
  }

  private var state = State.over

  /// Starts. `done` comes later, once, unless the attempt is given up; or the failure is told here at once.
  static func start(
    to address: SocketAddress, on loop: Loop, done: @escaping @Sendable (Outcome) -> Void
  ) -> Result<PendingConnection, Failure> {
    let type = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
    let descriptor = socket(address.isIPv6 ? AF_INET6 : AF_INET, type, 0)
    guard descriptor >= 0 else { return .failure(Failure(errno)) }
    SocketOption.sendAtOnce(descriptor)
    let status = unsafe address.withSockaddr { unsafe connect(descriptor, $0, $1) }
    guard status == 0 || errno == EINPROGRESS else {
      let failure = Failure(errno)
      close(descriptor)
      return .failure(failure)
    }
    let pending = PendingConnection()
    let watcher = IOWatcher(descriptor: descriptor, on: loop) { [weak pending] _ in pending?.finish(done) }
    pending.state = .pending(descriptor, watcher)
    // Told as writable also when it has failed, and when it was there at once.
    watcher.wait(for: .writing)
    return .success(pending)
  }

  /// The system's words for why it did not begin.
  struct Failure: Error {
    let reason: String

    init(_ number: Int32) {
      reason = unsafe String(cString: strerror(number))
    }
  }

  private func finish(_ done: (Outcome) -> Void) {
    guard case .pending(let descriptor, let watcher) = state else { return }
    watcher.stop()
    state = .over
    var number: Int32 = 0
    var length = socklen_t(MemoryLayout<Int32>.size)
    let status = unsafe getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &number, &length)
    guard status == 0, number == 0 else {
      close(descriptor)
      return done(.failed(Failure(status == 0 ? number : errno).reason))
    }
    done(.connected(descriptor))
  }

  func giveUp() {
    guard case .pending(let descriptor, let watcher) = state else { return }
    watcher.stop()
    close(descriptor)
    state = .over
  }
}
