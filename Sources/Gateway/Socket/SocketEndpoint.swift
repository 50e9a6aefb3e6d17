import HTTP
import Identity
import Telemetry
import Wire

/// `GET /ws`: watching and commanding over one WebSocket. docs/websocket.md is its contract.
struct SocketEndpoint: Sendable {
  static let path = "/ws"
  static let subprotocol = "signalbox.v1"

  let services: SocketServices
  let grants: StreamGrants

  func install(into router: inout SecuredRouter) {
    let row = SecuredRouter.Row(method: .get, pattern: Self.path, access: .may(.watch))
    router.on(row.method, row.pattern, row.access) { request, asker in
      guard let asker else { throw Refusal.notSignedIn }
      return try grants.webSocket(
        for: asker, request, options,
        mayGoOn: { principal in
          // Each subscription and each command is judged by itself; somebody who may see nothing has nothing to do here.
          principal.decide(.watch, on: .something).isAllowed
        },
        { socket, grant in
          let connection = SocketConnection(
            socket, under: grant, of: asker, SocketOrigin(request: request, row: row), services)
          await connection.serve()
        })
    }
  }

  private var options: WebSocketOptions {
    var options = WebSocketOptions()
    options.subprotocols = [Self.subprotocol]
    options.requiresSubprotocol = true
    // The gate has checked the page, by a list that the configuration may make longer.
    options.origins = .any
    options.messageLimit = ClientMessageReader.largeByteLimit
    options.backlog = services.backlog
    options.drainingCode = .draining
    options.farewell = SocketEnd.farewell
    return options
  }
}

/// The request that a socket has come from, for what is written down of refusals.
struct SocketOrigin: Sendable {
  let request: Request
  let row: SecuredRouter.Row

  /// For the audit trail.
  var source: CommandSource { CommandSource(request, route: "\(row.method) \(row.pattern)") }
}
