package import HTTP
import JSON

/// JSON-RPC 2.0: one address, the method in the body. Both versions; they have no method in common.
package enum JSONRPCReader {
  package static func read(
    body: [UInt8], fields: HTTPFields, query: [QueryItem]
  ) throws(CallRefused) -> ServerCall {
    let value: JSONValue?
    let parseError: JSONError?
    do throws(JSONError) {
      (value, parseError) = (try JSONValue(parsing: body), nil)
    } catch {
      (value, parseError) = (nil, error)
    }
    let id = value.flatMap(identifier)
    do throws(A2AError) {
      if let given = MediaTypeNames.refused(fields) { throw MediaTypeNames.unsupported(given) }
      guard let value else { throw A2AError(.parseError, parseError?.sentence ?? "The request has no body.") }
      let (name, version) = try method(value, fields, query)
      let dialect = Dialect(.jsonRPC, version)
      return ServerCall(
        operation: try operation(name, value["params"], dialect), dialect: dialect,
        extensions: ServiceParameters.extensions(fields), replies: replies(dialect, id))
    } catch {
      throw CallRefused(error: error, answer: replies(Dialect(.jsonRPC, .v1), id).refusal(error))
    }
  }

  private static func replies(_ dialect: Dialect, _ id: JSONValue?) -> ReplyWriter {
    ReplyWriter(dialect: dialect, id: id, mediaType: MediaTypeNames.json)
  }

  /// A string or a number. The answer may be a long stream, which shall not hold the request in memory.
  private static func identifier(_ request: JSONValue) -> JSONValue? {
    guard let id = request["id"], id.kind == .string || id.kind == .number else { return nil }
    return id.detached()
  }

  private static func method(
    _ request: JSONValue, _ fields: HTTPFields, _ query: [QueryItem]
  ) throws(A2AError) -> (OperationName, ProtocolVersion) {
    if request.kind == .array {
      throw A2AError(.invalidRequest, "The request is a batch, which A2A does not have; send its calls one by one.")
    }
    guard request.kind == .object, request["jsonrpc"]?.equalsString("2.0") == true else {
      throw A2AError(
        .invalidRequest, "The request is no object with \"jsonrpc\": \"2.0\"; send a JSON-RPC 2.0 request.")
    }
    if let id = request["id"], ![.string, .number, .null].contains(id.kind) {
      throw A2AError(.invalidRequest, "The id of the request is \(id.kind.name); send a string or a number.")
    }
    guard let name = request["method"]?.string else {
      throw A2AError(.invalidRequest, "The request has no method that is a string; send one.")
    }
    let spoken = try ServiceParameters.version(fields, query)
    guard let (operation, version) = OperationName.method(named: name) else {
      throw A2AError(.methodNotFound, "There is no method \(Excerpt.quoting(name.utf8)) in A2A 1.0 or 0.3.")
    }
    try ServiceParameters.require(
      spoken, of: version, isGiven: ServiceParameters.isVersionGiven(fields, query), for: "The method \(name)")
    return (operation, version)
  }

  private static func operation(
    _ name: OperationName, _ parameters: JSONValue?, _ dialect: Dialect
  ) throws(A2AError) -> Operation {
    let none = JSONValue.object { _ in }
    do throws(FieldFault) {
      let parameters = parameters.flatMap { $0.isNull ? nil : $0 } ?? none
      return try Operation(name, ObjectReader(parameters, as: dialect.notation))
    } catch {
      throw error.error(in: "The params of \(name.method(in: dialect.version))")
    }
  }
}
