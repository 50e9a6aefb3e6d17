import Glibc

/// The time of day, for dates that people and certificates read. Deadlines use the monotonic clock instead.
package enum UnixClock {
  /// Seconds since 1970.
  package static func now() -> Int64 {
    Int64(time(nil))
  }
}
