package import HTTP

extension Response {
  /// Makes the connection a WebSocket, for as long as `handler` runs: when it returns, the WebSocket is closed with 1000, when it
  /// throws, with 1011.
  ///
  /// Throws the refusal to answer with when the request is no handshake, comes from a page that may not, or offers subprotocols of
  /// which none is spoken here. Who may open it otherwise is for the caller to have checked.
  package static func webSocket(
    for request: Request, _ options: WebSocketOptions = WebSocketOptions(),
    _ handler: @escaping @Sendable (WebSocket) async throws -> Void
  ) throws(Refusal) -> Response {
    guard case .webSocket(_, let offered) = request.head.upgrade else {
      throw Refusal(
        .upgradeRequired, "This path speaks WebSocket. Ask for it with Upgrade: websocket.",
        code: "websocket-required", fields: HTTPFields([("upgrade", "websocket"), ("sec-websocket-version", "13")]))
    }
    try options.origins.check(request.head, isEncrypted: request.peer.session != nil)
    let subprotocol = options.subprotocols.first(where: offered.contains)
    if subprotocol == nil, options.requiresSubprotocol || !(offered.isEmpty || options.subprotocols.isEmpty) {
      throw Refusal(
        .badRequest,
        "None of the subprotocols offered is spoken here. Offer \(options.subprotocols.joined(separator: " or ")).",
        code: "unknown-subprotocol")
    }
    return Response(.switchingProtocols, body: .webSocket(options, subprotocol: subprotocol, handler))
  }
}
