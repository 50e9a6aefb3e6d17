/// Writes requests as HTTP/1.1. What it is given is checked: a wrong combination is the program's own mistake and traps.
package enum RequestEncoder {
  /// The fields this writer puts in itself, so that they cannot contradict the request line or the body.
  private static let ownFields = ["connection", "content-length", "host", "transfer-encoding"]

  /// Appends the request line, Host and all fields, with the empty line behind them.
  ///
  /// Writes Content-Length or Transfer-Encoding after `framing`, and Connection after `keepAlive` (and `upgrade` in it where
  /// the fields have Upgrade). Chunks are written by `ChunkEncoder`.
  /// - Parameters:
  ///   - target: a path with or without a query. Text from outside becomes one by `RequestTarget.init(parsing:)`, or as a
  ///     part of a `ServiceURL`.
  ///   - authority: `host` or `host:port`, for Host: `ServiceURL.authority`.
  ///   - keepAlive: whether another request may follow on the connection.
  package static func head(
    _ method: HTTPMethod, _ target: RequestTarget, authority: String, fields: HTTPFields = HTTPFields(),
    framing: BodyFraming = .none, keepAlive: Bool = true, into output: inout [UInt8]
  ) {
    check(method, target, authority, fields, framing)
    output.append(contentsOf: "\(method) \(target.raw) HTTP/1.1\r\n".utf8)
    FieldEncoder.field("host", authority, into: &output)
    FieldEncoder.fields(fields, into: &output)
    switch framing {
    case .none: break
    case .length(let length): FieldEncoder.field("content-length", String(length), into: &output)
    case .chunked: FieldEncoder.field("transfer-encoding", "chunked", into: &output)
    }
    let options = (fields.contains("upgrade") ? ["upgrade"] : []) + (keepAlive ? [] : ["close"])
    if !options.isEmpty { FieldEncoder.field("connection", options.joined(separator: ", "), into: &output) }
    output.append(contentsOf: "\r\n".utf8)
  }

  private static func check(
    _ method: HTTPMethod, _ target: RequestTarget, _ authority: String, _ fields: HTTPFields, _ framing: BodyFraming
  ) {
    precondition(method != .connect, "CONNECT asks for no path.")
    precondition(target.raw.utf8.first == ASCII.slash, "Only a path is asked for; the server is named by Host.")
    precondition(HostSyntax.fault(in: Array(authority.utf8)[...]) == nil, "Host is a host name and port alone.")
    for name in ownFields where fields.contains(name) {
      preconditionFailure("The field \(name) is the writer's; say it by authority, framing or keepAlive.")
    }
    if case .length(let length) = framing { precondition(length >= 0, "No body has the length \(length).") }
  }
}
