package import HTTP

/// Which web pages may open a WebSocket. A browser sends its page's origin along and lets any page of any site connect, with the
/// user's cookies; programs send none and are not concerned.
package enum OriginPolicy: Sendable {
  /// Pages of the host and port that was asked for, over https; over http where the WebSocket itself has no TLS.
  case sameHost
  /// Pages of that host and of these origins, each as a browser writes it: `https://name` or `https://name:port`.
  case sameHostAnd([String])
  case any

  package func check(_ head: RequestHead, isEncrypted: Bool = true) throws(Refusal) {
    if case .any = self { return }
    let origins = head.fields.values(of: "origin")
    guard let origin = origins.first else { return }
    guard origins.count == 1, accepts(origin, host: head.authority, isEncrypted: isEncrypted) else {
      throw Refusal(
        .forbidden,
        "Pages of another origin may not open this WebSocket. Open it from a page of \(head.authority), or have the origin allowed.",
        code: "foreign-origin")
    }
  }

  private func accepts(_ origin: String, host: String, isEncrypted: Bool) -> Bool {
    let origin = origin.lowercased()
    let (scheme, port) = isEncrypted ? ("https://", ":443") : ("http://", ":80")
    if origin == scheme + Self.without(port, host.lowercased()) { return true }
    guard case .sameHostAnd(let others) = self else { return false }
    return others.contains { $0.lowercased() == origin }
  }

  /// Browsers leave the port out of an origin when it is the scheme's own.
  private static func without(_ defaultPort: String, _ host: String) -> String {
    host.hasSuffix(defaultPort) ? String(host.dropLast(defaultPort.utf8.count)) : host
  }
}
