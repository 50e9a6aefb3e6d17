import Glibc
import Synchronization

/// A port that nobody listens on at the moment, and that the kernel gives to nobody who asks for any: whoever listens there can end, and come
/// back, while others start beside it.
package enum FreePort {
  /// Below those that the kernel gives away (`net.ipv4.ip_local_port_range`).
  private static let range = 12_000..<30_000
  private static let given = Mutex<Set<Int>>([])

  package static func find() throws -> Int {
    for _ in 0..<200 {
      let port = Int.random(in: range)
      guard given.withLock({ $0.insert(port).inserted }),
        let (descriptor, _) = try? TCP.listen(on: "127.0.0.1", port: port, sharing: false)
      else { continue }
      close(descriptor)
      return port
    }
    throw NoneFound()
  }

  private struct NoneFound: Error {}
}
