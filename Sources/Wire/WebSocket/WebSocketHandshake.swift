import HTTP

/// What is written into and read from the packets that pass between us and libwebsockets' end of a pipe.
enum WebSocketHandshake {
  /// The inner virtual host's name. No listener has a dot in its name.
  static let innerHost = "websocket.inner"

  /// The handshake as libwebsockets gets it: admitted by our reader, and bare of everything that is ours to decide.
  static func canonicalRequest(key: String) -> [UInt8] {
    Array(
      """
      GET / HTTP/1.1\r
      Host: \(innerHost)\r
      Upgrade: websocket\r
      Connection: Upgrade\r
      Sec-WebSocket-Version: 13\r
      Sec-WebSocket-Key: \(key)\r
      \r

      """.utf8)
  }

  /// The proof in libwebsockets' answer, nil when it is no 101.
  static func acceptKey(in packet: [UInt8]) -> String? {
    let lines = String(decoding: packet, as: UTF8.self).split(separator: "\r\n")
    guard lines.first?.hasPrefix("HTTP/1.1 101 ") == true else { return nil }
    let name = "sec-websocket-accept: "
    return lines.first { $0.lowercased().hasPrefix(name) }.map { String($0.dropFirst(name.count)) }
  }

  /// The code of a close frame from libwebsockets, nil for other frames. One without a code has 1005, which never travels.
  static func closeCode(in frame: [UInt8]) -> WebSocketCloseCode? {
    guard frame.first == 0x88 else { return nil }
    guard frame.count >= 4 else { return WebSocketCloseCode(rawValue: 1005) }
    return WebSocketCloseCode(rawValue: UInt16(frame[2]) << 8 | UInt16(frame[3]))
  }
}
