/// The address of a Redis server, as a URL says it: `redis://HOST:PORT` or, with TLS, `rediss://HOST:PORT`.
package struct RedisServer: Sendable, Equatable, CustomStringConvertible {
  package let host: String
  package let port: Int
  package let isEncrypted: Bool

  package init(host: String, port: Int, isEncrypted: Bool) {
    self.host = host
    self.port = port
    self.isEncrypted = isEncrypted
  }

  /// Nil for what is no such URL, or has more in it than host and port: names and passwords belong into settings of their own.
  package init?(_ url: String) {
    let isEncrypted = url.hasPrefix("rediss://")
    guard isEncrypted || url.hasPrefix("redis://") else { return nil }
    var rest = url.dropFirst(isEncrypted ? 9 : 8)
    if rest.last == "/" { rest.removeLast() }
    guard !rest.contains(where: { "/@?#% ".contains($0) }) else { return nil }
    var host = rest
    var port = Substring("6379")
    if rest.first == "[" {
      guard let end = rest.firstIndex(of: "]") else { return nil }
      host = rest[..<end].dropFirst()
      let behind = rest[end...].dropFirst()
      if behind.first == ":" { port = behind.dropFirst() } else if !behind.isEmpty { return nil }
    } else if let colon = rest.firstIndex(of: ":") {
      host = rest[..<colon]
      port = rest[colon...].dropFirst()
    }
    guard !host.isEmpty, let number = Int(port), (1...65535).contains(number) else { return nil }
    self.init(host: String(host), port: number, isEncrypted: isEncrypted)
  }

  package var description: String {
    "\(isEncrypted ? "rediss" : "redis")://\(host.contains(":") ? "[\(host)]" : host):\(port)"
  }
}
