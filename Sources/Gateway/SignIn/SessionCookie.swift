import HTTP
import Identity

/// The cookie of a browser session. Its name begins with `__Host-`: browsers take it over TLS only, from this very host, for all of its
/// paths, so that no neighbour below the same domain can put one in its place.
enum SessionCookie {
  /// SameSite=Strict: no request that another site's page has caused carries it.
  private static let attributes = "Path=/; Secure; HttpOnly; SameSite=Strict"

  /// The field that sets it.
  /// - Parameter seconds: how long the browser keeps it; what it is good for, the gateway decides.
  static func set(_ value: String, seconds: Int64) -> String {
    "\(ShownCredentials.cookieName)=\(value); \(attributes); Max-Age=\(max(0, seconds))"
  }

  /// The field that has the browser forget it.
  static let cleared = "\(ShownCredentials.cookieName)=; \(attributes); Max-Age=0"
}
