import Glibc

/// What `poll` says of a descriptor.
struct Readiness: OptionSet {
  let rawValue: Int16
  static let readable = Readiness(rawValue: Int16(POLLIN))
  /// Both halves are over, or the peer has reset the connection.
  static let hungUp = Readiness(rawValue: Int16(POLLHUP))
  static let failed = Readiness(rawValue: Int16(POLLERR))

  /// Waits for something to happen; empty when nothing does within the limit. A reset is told without being asked for.
  static func wait(_ descriptor: Int32, for events: Readiness, atMost limit: Duration) -> Readiness {
    var entry = pollfd(fd: descriptor, events: events.rawValue, revents: 0)
    let milliseconds = Int32(limit / .milliseconds(1))
    unsafe _ = poll(&entry, 1, milliseconds)
    return Readiness(rawValue: entry.revents)
  }
}
