import HTTP
import TestSupport
import Wire

extension Router {
  /// A router of a single route.
  static func only(
    _ method: HTTPMethod, _ pattern: String, options: Options = Options(), _ handler: @escaping Handler
  ) -> Router {
    var router = Router()
    router.on(method, pattern, options: options, handler)
    return router
  }
}
