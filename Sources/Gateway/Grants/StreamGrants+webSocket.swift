import HTTP
import Identity
import Wire

extension StreamGrants {
  /// Answers with a WebSocket for as long as the right to it lasts. What happens to the right is for `serve` to hear (`grant.notices`) and
  /// to say: a WebSocket has words of its own for it. The grant is given back when `serve` returns.
  ///
  /// Throws 429 when the principal or the address has too many streams, and what `Response.webSocket` throws.
  /// - Parameter mayGoOn: whether this principal may still have it; asked anew at each change, on any thread, and must not block it.
  func webSocket(
    for asker: Asker, _ request: Request, _ options: WebSocketOptions,
    mayGoOn: @escaping @Sendable (Principal) -> Bool,
    _ serve: @escaping @Sendable (WebSocket, StreamGrant) async throws -> Void
  ) throws(Refusal) -> Response {
    // If the handshake is no good, or the answer never begins, the grant goes with it.
    let grant = try open(
      asker, address: request.peer.address.neighbourhood, leavesWhenSent: true, hearsOfChanges: true,
      mayGoOn: mayGoOn)
    return try .webSocket(for: request, options) { socket in
      defer { grant.close() }
      try await serve(socket, grant)
    }
  }
}
