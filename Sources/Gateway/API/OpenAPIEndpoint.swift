import HTTP
import Wire

/// `GET /api/openapi.json`: what programs may rely on. The same for everybody, and says nothing about this gateway in particular, not
/// even its version.
enum OpenAPIEndpoint {
  private static let document = OpenAPIDocument.json()

  static func install(into router: inout SecuredRouter) {
    router.on(.get, "/api/openapi.json", .open) { _, _ in .json(document) }
  }
}
