/// Writes answers as HTTP/1.1. What it is given is checked: a wrong combination is the program's own mistake and traps.
package enum ResponseEncoder {
  /// The interim answer that lets a waiting client send its body.
  package static let continue100 = Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)

  /// The fields this writer puts in itself, so that they cannot contradict the body.
  private static let ownFields = ["connection", "content-length", "date", "transfer-encoding"]

  /// Appends the status line and all fields, with the empty line behind them.
  ///
  /// The status line says HTTP/1.1 to an HTTP/1.0 client too (RFC 9110 section 2.5: the version says what the server can).
  /// Writes Content-Length or Transfer-Encoding after `framing`, Connection after `keepAlive` (and `upgrade` in it where the
  /// fields have Upgrade), and Date. Chunks are written by `ChunkEncoder`.
  /// - Parameters:
  ///   - version: what the request came with.
  ///   - keepAlive: whether another answer may follow on the connection.
  ///   - date: an HTTP date, nil to send none.
  package static func head(
    _ head: ResponseHead, framing: ResponseFraming, version: HTTPVersion, keepAlive: Bool, date: String?,
    into output: inout [UInt8]
  ) {
    check(head, framing, version, keepAlive)
    output.append(contentsOf: "HTTP/1.1 \(head.status.code) ".utf8)
    Latin1.encode(head.status.reason, into: &output)
    output.append(contentsOf: "\r\n".utf8)
    if let date { FieldEncoder.field("date", date, into: &output) }
    FieldEncoder.fields(head.fields, into: &output)
    switch framing {
    case .none, .untilClose: break
    case .length(let length): FieldEncoder.field("content-length", String(length), into: &output)
    case .chunked: FieldEncoder.field("transfer-encoding", "chunked", into: &output)
    }
    if let options = connection(head, version, keepAlive) { FieldEncoder.field("connection", options, into: &output) }
    output.append(contentsOf: "\r\n".utf8)
  }

  /// The value of Connection; nil where the version's default says the same.
  private static func connection(_ head: ResponseHead, _ version: HTTPVersion, _ keepAlive: Bool) -> String? {
    var options: [String] = head.fields.contains("upgrade") ? ["upgrade"] : []
    if !head.status.isInterim {
      if !keepAlive {
        options.append("close")
      } else if version == .http10 {
        options.append("keep-alive")
      }
    }
    return options.isEmpty ? nil : options.joined(separator: ", ")
  }

  private static func check(
    _ head: ResponseHead, _ framing: ResponseFraming, _ version: HTTPVersion, _ keepAlive: Bool
  ) {
    precondition(FieldText.isValue(head.status.reason), "The reason phrase has a character HTTP cannot carry.")
    for name in ownFields where head.fields.contains(name) {
      preconditionFailure("The field \(name) is the writer's; say it by the framing, keepAlive or date.")
    }
    switch framing {
    case .none:
      precondition(head.status.forbidsBody, "Status \(head.status.code) has a body; say how it is framed.")
    case .length(let length):
      precondition(length >= 0 && !head.status.forbidsBody, "Status \(head.status.code) has no length \(length).")
    case .chunked:
      precondition(version == .http11 && !head.status.forbidsBody, "\(version) or \(head.status.code) has no chunks.")
    case .untilClose:
      precondition(!keepAlive && !head.status.forbidsBody, "A body until the close ends the connection.")
    }
  }
}
