import Glibc
import TestSupport

extension Readiness {
  static let writable = Readiness(rawValue: Int16(POLLOUT))
}

extension TLSClient {
  /// Sends what `make` gives, at most a record each, until the server has taken nothing for two seconds. How many were sent.
  func flood(atMost limit: Int, _ make: (Int) -> [UInt8]) throws -> Int {
    for count in 0..<limit {
      guard Readiness.wait(descriptor, for: .writable, atMost: .seconds(2)).contains(.writable) else { return count }
      try send(make(count))
    }
    return limit
  }
}

/// Waits until a number has stopped growing: nothing tells of a writer that waits. The number, or nil when it never stops.
func settled(_ number: () -> Int) async -> Int? {
  var last = number()
  var since = ContinuousClock.now
  let isStill = await eventually {
    let now = number()
    if now != last {
      last = now
      since = .now
    }
    return .now - since > .seconds(1)
  }
  return isStill ? last : nil
}
