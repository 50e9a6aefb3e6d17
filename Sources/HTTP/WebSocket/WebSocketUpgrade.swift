/// Admits WebSocket handshakes (RFC 6455 section 4.2.1).
enum WebSocketUpgrade {
  static let version = "13"

  /// The upgrade a request asks for, nil if it asks for none that is known here; throws if it asks for it wrongly.
  static func request(
    _ known: KnownFields, _ line: RequestLine, framing: BodyFraming, fields: HTTPFields
  ) throws(Refusal) -> Upgrade? {
    guard known.upgrade.contains("websocket") else { return nil }
    guard line.method == .get else {
      throw .badRequest("The WebSocket handshake comes with the method \(line.method); send it with GET.")
    }
    guard line.version == .http11 else {
      throw .badRequest("The WebSocket handshake comes with \(line.version); send it with HTTP/1.1.")
    }
    guard known.connection.contains("upgrade") else {
      throw .badRequest("The WebSocket handshake has no \"upgrade\" in its Connection field; send Connection: Upgrade.")
    }
    guard fields.values(of: "sec-websocket-version") == [version] else { throw versionRequired }
    guard framing.isEmpty else {
      throw .badRequest("The WebSocket handshake has a body; send it without.")
    }
    return .webSocket(key: try key(fields), protocols: try protocols(fields))
  }

  private static let versionRequired = Refusal(
    .upgradeRequired, "The WebSocket handshake does not have Sec-WebSocket-Version: 13 exactly once; send that.",
    fields: HTTPFields([("upgrade", "websocket"), ("sec-websocket-version", version)]))

  private static func key(_ fields: HTTPFields) throws(Refusal) -> String {
    let keys = fields.values(of: "sec-websocket-key")
    guard keys.count == 1 else {
      throw .badRequest("The WebSocket handshake has \(keys.count) Sec-WebSocket-Key fields; send exactly one.")
    }
    guard isBase64Of16Bytes(keys[0]) else {
      throw .badRequest(
        "The Sec-WebSocket-Key \(Excerpt.quoting(keys[0])) is not base64 of 16 bytes; send a right one.")
    }
    return keys[0]
  }

  /// 22 digits, of which the last has four zero bits, and two signs of padding.
  private static func isBase64Of16Bytes(_ key: String) -> Bool {
    let bytes = Array(key.utf8)
    return bytes.count == 24 && bytes[22] == ASCII.equals && bytes[23] == ASCII.equals
      && bytes[..<22].allSatisfy { $0.isLetter || $0.isDigit || $0 == ASCII.plus || $0 == ASCII.slash }
      && "AQgw".utf8.contains(bytes[21])
  }

  private static func protocols(_ fields: HTTPFields) throws(Refusal) -> [String] {
    let offered = fields.listMembers(of: "sec-websocket-protocol")
    guard offered.allSatisfy(FieldText.isToken), Set(offered).count == offered.count else {
      throw .badRequest("The Sec-WebSocket-Protocol field has a name that is no token, or one twice; send each once.")
    }
    return offered
  }
}
