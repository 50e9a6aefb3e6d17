import HTTP

/// A server as calls name it: whoever shares it may share connections.
struct ClientOrigin: Hashable, CustomStringConvertible {
  let host: String
  let port: Int
  let isEncrypted: Bool

  init(_ url: ServiceURL) {
    host = url.host
    port = url.port
    isEncrypted = url.scheme.isEncrypted
  }

  var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
