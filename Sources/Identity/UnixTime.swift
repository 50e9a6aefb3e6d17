import Glibc

/// A moment, as whole seconds since 1970-01-01T00:00:00Z without leap seconds. Certificates know nothing finer.
package struct UnixTime: Hashable, Comparable, Sendable {
  package let seconds: Int64

  package init(seconds: Int64) {
    self.seconds = seconds
  }

  /// The wall clock. Code that decides anything takes its time as a parameter; only callers at the edge ask here.
  package static func now() -> UnixTime {
    UnixTime(seconds: Int64(time(nil)))
  }

  package func adding(days: Int) -> UnixTime {
    adding(seconds: Int64(days) * 86_400)
  }

  package func adding(seconds delta: Int64) -> UnixTime {
    UnixTime(seconds: seconds + delta)
  }

  package static func < (left: UnixTime, right: UnixTime) -> Bool {
    left.seconds < right.seconds
  }
}
