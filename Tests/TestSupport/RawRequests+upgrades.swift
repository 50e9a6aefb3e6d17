extension RawRequests {
  private static let key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
  private static let version = "Sec-WebSocket-Version: 13"
  private static let asks = ["Connection: Upgrade", "Upgrade: websocket"]

  private static func handshake(
    line: String = "GET / HTTP/1.1", asks: [String] = asks, _ lines: String..., body: String = ""
  ) -> String {
    ([line, "Host: localhost"] + asks + lines).map { $0 + "\r\n" }.joined() + "\r\n" + body
  }

  static let upgrades: [RawRequestCase] = [
    served("a WebSocket handshake where none is served", [200], handshake(version, key)),
    refused("a WebSocket handshake with POST", 400, handshake(line: "POST / HTTP/1.1", version, key)),
    refused("a WebSocket handshake with HEAD", 400, handshake(line: "HEAD / HTTP/1.1", version, key)),
    refused("a WebSocket handshake with HTTP/1.0", 400, handshake(line: "GET / HTTP/1.0", version, key)),
    refused("a WebSocket handshake without Connection", 400, handshake(asks: ["Upgrade: websocket"], version, key)),
    refused(
      "a WebSocket handshake with another Connection", 400,
      handshake(asks: ["Connection: keep-alive", "Upgrade: websocket"], version, key)),
    refused("a WebSocket handshake with version 99", 426, handshake("Sec-WebSocket-Version: 99", key)),
    refused("a WebSocket handshake with version 8", 426, handshake("Sec-WebSocket-Version: 8", key)),
    refused("a WebSocket handshake with version 013", 426, handshake("Sec-WebSocket-Version: 013", key)),
    refused("a WebSocket handshake with two versions", 426, handshake("Sec-WebSocket-Version: 13, 8", key)),
    refused("a WebSocket handshake with the version twice", 426, handshake(version, version, key)),
    refused("a WebSocket handshake without a version", 426, handshake(key)),
    refused("a WebSocket handshake without a key", 400, handshake(version)),
    refused("a WebSocket handshake with two keys", 400, handshake(version, key, key)),
    refused("a WebSocket handshake with an empty key", 400, handshake(version, "Sec-WebSocket-Key:")),
    refused(
      "a WebSocket handshake with a key of 15 bytes", 400, handshake(version, "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAA")
    ),
    refused(
      "a WebSocket handshake with a key of 17 bytes", 400,
      handshake(version, "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAAA=")),
    refused(
      "a WebSocket handshake with a key that is not base64", 400,
      handshake(version, "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZ!==")),
    refused(
      "a WebSocket handshake with a key of loose bits", 400,
      handshake(version, "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZR==")),
    refused("a WebSocket handshake with a body", 400, handshake(version, key, "Content-Length: 2", body: "hi")),
    refused(
      "a WebSocket handshake with chunks", 400, handshake(version, key, "Transfer-Encoding: chunked", body: "0\r\n\r\n")
    ),
    refused(
      "a WebSocket handshake with a protocol twice", 400, handshake(version, key, "Sec-WebSocket-Protocol: a, a")),
    refused(
      "a WebSocket handshake with a protocol that is no token", 400,
      handshake(version, key, "Sec-WebSocket-Protocol: a b")),
    refused(
      "a WebSocket among other upgrades, wrongly", 426,
      handshake(asks: ["Connection: upgrade", "Upgrade: h2c, WebSocket"], key)),
  ]
}
