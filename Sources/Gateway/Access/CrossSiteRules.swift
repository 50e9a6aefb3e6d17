import HTTP
import Wire

/// Which web pages may ask for what.
///
/// A browser lets a page of any site open a WebSocket here and send a POST, with the user's cookies and certificate. The page's
/// origin comes along; programs send none and are not concerned. Checked on every listener, on loopback too: a browser runs there.
struct CrossSiteRules: Sendable {
  /// Pages of other origins that are listed, as browsers write them.
  let listed: Set<String>
  /// Under which people reach this server, where that is not what stands in Host: behind a proxy.
  let own: String?

  init(_ configuration: IdentityConfiguration) {
    listed = Set(configuration.origins.map { $0.lowercased() })
    own = configuration.publicURL.map(Self.origin(of:))
  }

  static func isSafe(_ method: HTTPMethod) -> Bool { [.get, .head, .options].contains(method) }

  /// Throws 403 when a page of somewhere else wants to change something or to open a WebSocket.
  func check(_ request: Request) throws(Refusal) {
    let head = request.head
    guard !Self.isSafe(head.method) || head.upgrade != nil else { return }
    let origins = head.fields.values(of: "origin")
    if let origin = origins.first {
      guard origins.count == 1 else { throw .foreignPage }
      if isListed(origin) { return }
      guard isOwn(origin, head, isEncrypted: request.peer.session != nil) else { throw .foreignPage }
    }
    // The browser's own word on it; a page cannot set this field. A page that is of here is never said to be of another site.
    guard head.fields.values(of: "sec-fetch-site").allSatisfy({ ["same-origin", "none"].contains($0) }) else {
      throw .foreignPage
    }
  }

  func isListed(_ origin: String) -> Bool { listed.contains(origin.lowercased()) }

  private func isOwn(_ origin: String, _ head: RequestHead, isEncrypted: Bool) -> Bool {
    let origin = origin.lowercased()
    if origin == own { return true }
    return !head.authority.isEmpty && origin == Self.origin(of: (isEncrypted ? "https://" : "http://") + head.authority)
  }

  /// Scheme, host and port of a URL, as a browser writes them: without the path and without the scheme's own port.
  private static func origin(of url: String) -> String {
    let url = url.lowercased()
    guard let scheme = url.firstRange(of: "://") else { return url }
    let authority = url[scheme.upperBound...].prefix { $0 != "/" }
    let port = url.hasPrefix("https:") ? ":443" : ":80"
    let host = authority.hasSuffix(port) ? authority.dropLast(port.count) : authority
    return String(url[..<scheme.upperBound] + host)
  }
}
