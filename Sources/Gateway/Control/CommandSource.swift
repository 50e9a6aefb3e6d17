import HTTP
import Wire

/// Where a command comes from, for the audit trail.
struct CommandSource: Sendable, Equatable {
  /// Of the peer.
  let address: String
  /// The request in the log.
  let request: String
  /// `POST /api/tasks/{id}:cancel`; the route's pattern, never a value out of it.
  let route: String

  init(_ request: Request, route: String) {
    self.init(address: request.peer.address.host, request: request.id, route: route)
  }

  init(address: String, request: String, route: String) {
    (self.address, self.request, self.route) = (address, request, route)
  }
}
