import HTTP

/// A server as calls name it: whoever shares it may share connections.
struct ClientOrigin: Hashable, CustomStringConvertible {
  let host: String
  let port: Int

  init(_ url: ServiceURL) {
    host = url.host
    port = url.port
  }

  var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
