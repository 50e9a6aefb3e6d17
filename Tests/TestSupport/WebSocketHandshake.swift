import COpenSSL
package import HTTP

/// What a client asks with, right or wrong.
package struct WebSocketHandshake: Sendable {
  package var path: String
  package var subprotocols: [String]
  package var origin: String?
  /// Further lines, and ones that are to come twice.
  package var fields: [(name: String, value: String)]
  package var method = "GET"
  package var host = "localhost"
  /// The base64 of 16 bytes.
  package var key = "dGhlIHNhbXBsZSBub25jZQ=="
  package var version = "13"

  package init(
    _ path: String = "/ws", subprotocols: [String] = [], origin: String? = nil,
    fields: [(name: String, value: String)] = []
  ) {
    self.path = path
    self.subprotocols = subprotocols
    self.origin = origin
    self.fields = fields
  }

  /// The whole request.
  package var text: String {
    var lines = [
      "\(method) \(path) HTTP/1.1", "Host: \(host)", "Connection: Upgrade", "Upgrade: websocket",
      "Sec-WebSocket-Version: \(version)", "Sec-WebSocket-Key: \(key)",
    ]
    if !subprotocols.isEmpty { lines.append("Sec-WebSocket-Protocol: \(subprotocols.joined(separator: ", "))") }
    if let origin { lines.append("Origin: \(origin)") }
    lines += fields.map { "\($0.name): \($0.value)" }
    return lines.map { $0 + "\r\n" }.joined() + "\r\n"
  }

  /// What the server has to answer: base64 of the SHA-1 of the key and the standard's own UUID (section 4.2.2).
  package var accept: String {
    let input = Array((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").utf8)
    var digest = [UInt8](repeating: 0, count: 20)
    unsafe _ = EVP_Digest(input, input.count, &digest, nil, EVP_sha1(), nil)
    // 28 characters and the NUL that OpenSSL puts behind them.
    var text = [UInt8](repeating: 0, count: 29)
    let length = unsafe EVP_EncodeBlock(&text, digest, 20)
    return String(decoding: text[..<Int(length)], as: UTF8.self)
  }

  /// What is wrong with a 101 to this handshake, nil if nothing is.
  package func fault(in fields: HTTPFields) -> String? {
    if fields["sec-websocket-accept"] != accept {
      return "Sec-WebSocket-Accept is \(fields["sec-websocket-accept"] ?? "missing") instead of \(accept)"
    }
    if fields["upgrade"]?.lowercased() != "websocket" { return "Upgrade is not websocket" }
    let options = fields["connection"]?.lowercased().split { $0 == "," || $0 == " " } ?? []
    if !options.contains("upgrade") { return "Connection is not upgrade" }
    if let chosen = fields["sec-websocket-protocol"], !subprotocols.contains(chosen) {
      return "the subprotocol \(chosen) was not offered"
    }
    if let extensions = fields["sec-websocket-extensions"],
      !self.fields.contains(where: { $0.name.lowercased() == "sec-websocket-extensions" })
    {
      return "the extension \(extensions) was not offered"
    }
    return nil
  }
}

/// The server's answer to a handshake.
package struct WebSocketHandshakeAnswer: Sendable {
  package let status: Int
  /// The status line and all fields as they came, without the empty line.
  package let head: String
  package let fields: HTTPFields

  package var isUpgraded: Bool { status == 101 }

  /// Nil for what is no head of HTTP.
  package init?(head: String) {
    let lines = head.split(separator: "\r\n")
    guard let first = lines.first, first.hasPrefix("HTTP/1.1 "), let status = Int(first.dropFirst(9).prefix(3)) else {
      return nil
    }
    var fields = HTTPFields()
    for line in lines.dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, FieldText.isToken(String(parts[0])) else { return nil }
      let value = String(parts[1].drop { $0 == " " })
      guard FieldText.isValue(value) else { return nil }
      fields.append(String(parts[0]), value)
    }
    self.status = status
    self.head = head
    self.fields = fields
  }
}
