import HTTP
import Wire

/// What public conformance suites are pointed at. Off unless asked for, and on loopback listeners only.
enum DiagnosticsEndpoints {
  /// As large as the largest message such suites send.
  private static let limit = 16 << 20

  static func install(into router: inout SecuredRouter) {
    router.on(.post, "/diagnostics/echo", .open, options: .init(bodyLimit: limit)) { request, _ in
      let body = try await request.body.collect()
      let type = request.head.fields["content-type"] ?? "application/octet-stream"
      return Response(fields: HTTPFields([("content-type", type)]), body: .bytes(body))
    }
    router.on(.get, "/diagnostics/ws", .open) { request, _ in
      var options = WebSocketOptions()
      options.subprotocols = ["echo"]
      options.messageLimit = limit
      return try .webSocket(for: request, options) { socket in
        while let message = try await socket.receive() { try await socket.send(message) }
      }
    }
  }
}
