package import HTTP
import Identity
import Wire

/// A router whose routes all say who may come. What happens before a handler runs, in this order:
///
/// 1. limits of the address: what comes too often is not worth a look (not on `.open` routes, which cost no more than their answer)
/// 2. cross-site rules, so that no page of elsewhere learns what its visitor's credentials are worth here
/// 3. who is asking: 400, 401 or 403 for what is shown and no good, then 401 for nobody
/// 4. limits of the principal
/// 5. whether this principal may do such a thing at all
///
/// What is done to which task is judged after that, by the handler, with `Asker.require`.
package struct SecuredRouter {
  /// What the handler is told of whoever asks; nil on `.open` and `.signIn` routes.
  typealias SecuredHandler = @Sendable (Request, Asker?) async throws -> Response

  private(set) var router = Router()
  private(set) var rows: [Row] = []
  let gate: AccessGate
  private let spans: RequestSpans?

  /// - Parameter spans: records the requests that traces are about.
  init(gate: AccessGate, spans: RequestSpans? = nil) {
    self.gate = gate
    self.spans = spans
    gate.crossSite.install(into: &router)
  }

  mutating func on(
    _ method: HTTPMethod, _ pattern: String, _ access: RouteAccess, options: Router.Options = Router.Options(),
    _ handler: @escaping SecuredHandler
  ) {
    let row = Row(method: method, pattern: pattern, access: access)
    rows.append(row)
    let spans = RequestSpans.concern(method, pattern) ? spans : nil
    router.on(method, pattern, options: options) { [gate] request in
      guard let spans else { return try await gate.pass(request, to: row, handler) }
      return try await spans.record(request, pattern: pattern) { try await gate.pass($0, to: row, handler) }
    }
  }
}

extension SecuredRouter {
  /// One route as the tests hold it against their table.
  package struct Row: Sendable, Equatable {
    package let method: HTTPMethod
    package let pattern: String
    package let access: RouteAccess
  }
}
