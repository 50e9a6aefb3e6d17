import TestSupport

// Clients that take their time.
extension TLSClient {
  /// Sends one byte in each interval until all are sent, or the server says something or hangs up. For TLS 1.2, where the server
  /// says nothing of its own accord.
  func dribble(_ bytes: [UInt8], every interval: Duration) {
    for byte in bytes {
      guard (try? send([byte])) != nil else { return }
      guard Readiness.wait(descriptor, for: .readable, atMost: interval) == [] else { return }
    }
  }

  /// Reads up to `count` bytes in each interval until the connection ends.
  func sip(_ count: Int, every interval: Duration) -> (bytes: [UInt8], ending: Ending) {
    var all: [UInt8] = []
    while true {
      switch receive(atMost: count) {
      case .success(let bytes): all += bytes
      case .failure(let receipt): return (all, receipt.ending)
      }
      _ = Readiness.wait(descriptor, for: [], atMost: interval)
    }
  }

  /// Waits, without reading, until the server resets the connection.
  func isReset(within limit: Duration) -> Bool {
    Readiness.wait(descriptor, for: [], atMost: limit).contains(.failed)
  }
}
