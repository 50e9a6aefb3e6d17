package import HTTP
import JSON

/// A call as a client puts it on HTTP, with all that is needed to read what comes back.
package struct ClientCall: Sendable {
  package let operation: Operation
  package let dialect: Dialect
  package let method: HTTPMethod
  /// What follows the interface's address: empty for JSON-RPC; otherwise a path that begins with a slash, and a query.
  package let path: String
  /// Content-Type, Accept, A2A-Version, A2A-Extensions.
  package let fields: HTTPFields
  package let body: [UInt8]
  let id: Int

  /// - Parameter id: names the call in JSON-RPC.
  package init(_ operation: Operation, in dialect: Dialect, id: Int, extensions: [String] = []) {
    var operation = operation
    if case .createPushConfig(var request) = operation {
      request.config.taskID = request.taskID
      operation = .createPushConfig(request)
    }
    let request: (method: HTTPMethod, path: String, body: [UInt8])
    switch dialect.binding {
    case .jsonRPC:
      request = (.post, "", Self.envelope(operation, dialect, id))
    case .httpJSON:
      let (method, path) = operation.route(in: dialect.version)
      let query = method == .post ? "" : operation.query(as: dialect.notation)
      request = (method, path + query, method == .post ? operation.body(as: dialect.notation) : [])
    }
    self.init(
      operation, dialect, request,
      Self.fields(operation.name, dialect, hasBody: !request.body.isEmpty, extensions: extensions), id)
  }

  private init(
    _ operation: Operation, _ dialect: Dialect, _ request: (method: HTTPMethod, path: String, body: [UInt8]),
    _ fields: HTTPFields, _ id: Int
  ) {
    self.operation = operation
    self.dialect = dialect
    (method, path, body) = request
    self.fields = fields
    self.id = id
  }

  /// The same subscription by GET, for servers that answer POST with 405 or 404; nil for every other call.
  package var byGet: ClientCall? {
    guard dialect.binding == .httpJSON, operation.name == .subscribeToTask, method == .post else { return nil }
    var fields = fields
    fields.remove("content-type")
    return ClientCall(operation, dialect, (.get, path, []), fields, id)
  }

  private static func envelope(_ operation: Operation, _ dialect: Dialect, _ id: Int) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { envelope in
      envelope.member("jsonrpc", "2.0")
      envelope.member("id", id)
      envelope.member("method", operation.name.method(in: dialect.version))
      envelope.object("params") { operation.request.write(to: &$0, as: dialect.notation) }
    }
    return writer.bytes
  }

  /// The body is application/json in both bindings: 1.0.1 would rather have application/a2a+json in HTTP+JSON, but
  /// every server must take the former, and those of 1.0.0 may not know the latter.
  private static func fields(
    _ name: OperationName, _ dialect: Dialect, hasBody: Bool, extensions: [String]
  ) -> HTTPFields {
    var fields = HTTPFields()
    if hasBody { fields["content-type"] = MediaTypeNames.json }
    let json =
      dialect == Dialect(.httpJSON, .v1) ? MediaTypeNames.a2a + ", " + MediaTypeNames.json : MediaTypeNames.json
    fields["accept"] = name.isStreaming ? MediaTypeNames.eventStream + ", " + json : json
    // 0.3 does not know the field, and 1.0 takes its absence for 0.3.
    if dialect.version == .v1 { fields[ServiceParameters.version] = ProtocolVersion.v1.rawValue }
    // URIs come from cards, which are not ours: one that would break the list, or the field, cannot be asked for.
    let sendable = extensions.filter { FieldText.isValue($0) && !$0.utf8.contains(UInt8(ascii: ",")) && !$0.isEmpty }
    if !sendable.isEmpty {
      let name = dialect.version == .v1 ? ServiceParameters.extensions : ServiceParameters.legacyExtensions
      fields[name] = sendable.joined(separator: ",")
    }
    return fields
  }
}
