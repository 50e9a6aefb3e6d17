import COpenSSL
package import HTTP

extension HTTPClient {
  /// Opens a WebSocket, on a connection of its own; returns when the handshake is done. Of the options those count that concern what
  /// is said on it; its subprotocols are offered, best first.
  ///
  /// Throws `ClientError`: what `send` throws, and `.notAWebSocket` when the server answers otherwise. Cancelling closes it. The
  /// deadlines of a call hold for the handshake.
  package func openWebSocket(
    _ url: ServiceURL, fields: HTTPFields = HTTPFields(), _ options: WebSocketOptions = WebSocketOptions(),
    deadlines: ClientDeadlines? = nil
  ) async throws -> WebSocket {
    try Task.checkCancellation()
    let key = Self.randomKey()
    var fields = fields
    fields["upgrade"] = "websocket"
    fields["sec-websocket-version"] = "13"
    fields["sec-websocket-key"] = key
    if !options.subprotocols.isEmpty {
      fields["sec-websocket-protocol"] = options.subprotocols.joined(separator: ", ")
    }
    let request = ClientRequest(.get, url, fields: fields, deadlines: deadlines)
    let (connection, response) = try await callOnOwnConnection(request)
    guard response.status == .switchingProtocols else {
      let beginning = (try? await response.body.next()) ?? []
      let text = "status \(response.status.code) and a body that begins with \(PrintableText.quoting(beginning))"
      var error = ClientError(.notAWebSocket(text), connection.server)
      error.answer = ClientError.Answer(status: response.status, fields: response.fields, beginning: beginning)
      await response.body.giveUp(because: error)
      throw error
    }
    return try await connection.becomeWebSocket(response, key: key, options)
  }

  /// The base64 of 16 random bytes (RFC 6455 section 4.1).
  private static func randomKey() -> String {
    var random = SystemRandomNumberGenerator()
    let bytes = (0..<16).map { _ in UInt8.random(in: 0...255, using: &random) }
    // 24 digits and the NUL that OpenSSL puts behind them.
    var text = [UInt8](repeating: 0, count: 25)
    unsafe _ = EVP_EncodeBlock(&text, bytes, 16)
    return String(decoding: text.prefix(24), as: UTF8.self)
  }
}
