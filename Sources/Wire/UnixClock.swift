import Glibc

/// The time of day, for dates that people and certificates read. Deadlines use the monotonic clock instead.
package enum UnixClock {
  /// Seconds since 1970.
  package static func now() -> Int64 {
    Int64(time(nil))
  }

  /// Milliseconds since 1970.
  package static func milliseconds() -> Int64 {
    var time = timespec()
    unsafe _ = clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }

  /// Microseconds since 1970.
  package static func microseconds() -> Int64 {
    var time = timespec()
    unsafe _ = clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
  }

  /// Milliseconds since the machine was started, times of sleep included: the clock beside it that nobody sets.
  package static func steadyMilliseconds() -> Int64 {
    var time = timespec()
    unsafe _ = clock_gettime(CLOCK_BOOTTIME, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }
}
