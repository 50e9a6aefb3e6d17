import HTTP
import TestSupport
import Wire

extension Router {
  /// The standard routes and a WebSocket at `/ws`.
  static func webSocket(
    _ options: WebSocketOptions = WebSocketOptions(), _ handler: @escaping @Sendable (WebSocket) async throws -> Void
  ) -> Router {
    var router = Router.standard
    router.on(.get, "/ws") { try Response.webSocket(for: $0, options, handler) }
    return router
  }

  /// One that sends back what it is sent.
  static func webSocketEcho(_ options: WebSocketOptions = WebSocketOptions()) -> Router {
    webSocket(options, echo)
  }

  @Sendable static func echo(_ socket: WebSocket) async throws {
    while let message = try await socket.receive() { try await socket.send(message) }
  }
}

extension WebSocketOptions {
  static func with(_ change: (inout WebSocketOptions) -> Void) -> WebSocketOptions {
    var options = WebSocketOptions()
    change(&options)
    return options
  }
}

extension TestServer {
  /// A client whose connection has become a WebSocket, on a thread of its own.
  func peer<Value: Sendable>(
    _ handshake: WebSocketHandshake = WebSocketHandshake(), _ options: TLSClient.Options = TLSClient.Options(),
    _ body: @escaping @Sendable (WebSocketPeer) throws -> Value
  ) async throws -> Value {
    let port = port
    let box = Unchecked(suited(options))
    return try await onThread { try body(try WebSocketPeer(port: port, handshake, box.value)) }
  }

  /// What the access log says of the WebSockets that are over.
  var webSocketLines: [String] {
    log.lines.filter { $0.contains(#""message":"request""#) && $0.contains(#""route":"/ws""#) }
  }

  /// The one WebSocket's line in the access log, when it has come.
  func webSocketLine() async -> String {
    _ = await eventually { !webSocketLines.isEmpty }
    return webSocketLines.count == 1 ? webSocketLines[0] : "\(webSocketLines)"
  }
}

extension TLSClient.Options {
  /// A client whose kernel takes little, for clients that do not read.
  static var narrow: TLSClient.Options {
    var options = TLSClient.Options()
    options.receiveBuffer = 4096
    return options
  }
}

/// How long it takes at the very most for what happens at once, on a machine that is busy with other things.
let promptly: Duration = .seconds(20)
