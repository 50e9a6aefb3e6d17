import HTTP
import JSON
import Wire

/// `GET /api/session/ways`: how people may sign in here besides by a link, for the page that offers it. Says nothing about anybody.
struct SignInWays: Sendable {
  /// Where signing in at the organisation begins; nil when it is not offered.
  let openID: String?

  func install(into router: inout SecuredRouter) {
    router.on(.get, "/api/session/ways", .open) { _, _ in .json(document) }
  }

  private var document: [UInt8] {
    var writer = JSONWriter()
    writer.object { $0.member("openId", ifPresent: openID) }
    return writer.bytes
  }
}
