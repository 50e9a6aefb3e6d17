import Glibc
import TestSupport

extension TCP {
  /// Which of these can be read within a moment, after which somebody may want something else of whoever stands between them.
  static func readable(_ descriptors: [Int32]) -> Set<Int32> {
    var polled = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    unsafe _ = poll(&polled, nfds_t(polled.count), 20)
    return Set(polled.filter { $0.revents != 0 }.map(\.fd))
  }
}
