/// Where a `ByteConnection` leads.
package struct ByteTarget: Sendable, CustomStringConvertible {
  package let host: String
  package let port: Int
  /// Nil: without TLS, which is for this machine alone.
  package let tls: ClientTLS?

  /// - Parameter host: a name or a numeric address, without brackets.
  package init(host: String, port: Int, tls: ClientTLS?) {
    self.host = host
    self.port = port
    self.tls = tls
  }

  package var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
