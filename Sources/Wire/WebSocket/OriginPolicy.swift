package import HTTP

/// Which web pages may open a WebSocket. A browser sends its page's origin along and lets any page of any site connect, with the
/// user's cookies; programs send none and are not concerned.
package enum OriginPolicy: Sendable {
  /// Pages of the host and port that was asked for, over https.
  case sameHost
  /// Pages of that host and of these origins, each as a browser writes it: `https://name` or `https://name:port`.
  case sameHostAnd([String])
  case any

  package func check(_ head: RequestHead) throws(Refusal) {
    if case .any = self { return }
    let origins = head.fields.values(of: "origin")
    guard let origin = origins.first else { return }
    guard origins.count == 1, accepts(origin, host: head.authority) else {
      throw Refusal(
        .forbidden,
        "Pages of another origin may not open this WebSocket. Open it from a page of \(head.authority), or have the origin allowed."
      )
    }
  }

  private func accepts(_ origin: String, host: String) -> Bool {
    let origin = origin.lowercased()
    if origin == "https://" + Self.withoutDefaultPort(host.lowercased()) { return true }
    guard case .sameHostAnd(let others) = self else { return false }
    return others.contains { $0.lowercased() == origin }
  }

  /// Browsers leave the port out of an origin when it is https's own.
  private static func withoutDefaultPort(_ host: String) -> String {
    host.hasSuffix(":443") ? String(host.dropLast(4)) : host
  }
}
