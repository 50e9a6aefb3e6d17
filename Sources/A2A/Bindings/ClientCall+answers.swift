package import HTTP
import JSON

extension ClientCall {
  /// Reads an answer that is no stream. Throws the peer's error with its own code, reason and text; what is no answer at all throws
  /// `.invalidAgentResponse` with what was wrong. The error's `grounds` tell them apart.
  package func result(status: HTTPStatus, mediaType: String, body: [UInt8]) throws(A2AError) -> OperationResult {
    let isSuccess = 200...299 ~= status.code
    let value: JSONValue?
    do throws(JSONError) {
      value = body.isEmpty ? nil : try JSONValue(parsing: body)
    } catch {
      guard isSuccess else { throw A2AError(status: status, mediaType: mediaType, body: body) }
      throw .unreadable("The answer, of type \(A2AError.shown(mediaType)), is no JSON. \(error.sentence)")
    }
    switch dialect.binding {
    case .httpJSON:
      guard isSuccess else { throw A2AError(status: status, mediaType: mediaType, body: body) }
      return try result(value)
    case .jsonRPC:
      guard isSuccess || value?["error"]?.kind == .object else {
        throw A2AError(status: status, mediaType: mediaType, body: body)
      }
      return try result(try contents(of: value))
    }
  }

  /// Reads one event of a stream. `type` is the server-sent event's, `message` as a rule; of type `error` it throws
  /// what it says.
  package func event(type: String, data: [UInt8]) throws(A2AError) -> TaskEvent {
    let value: JSONValue
    do throws(JSONError) {
      value = try JSONValue(parsing: data)
    } catch {
      let what = type == "error" ? "The stream ends with an error that" : "An event of the stream"
      throw .unreadable("\(what) is no JSON: \(Excerpt.quoting(data)). \(error.sentence)")
    }
    if type == "error" || value["error"]?.kind == .object { throw Self.error(value) }
    let contents = dialect.binding == .jsonRPC ? try contents(of: value) : value
    do throws(FieldFault) {
      guard let contents else { throw FieldFault("is required and is missing", at: "result") }
      return try TaskEvent(reading: contents, as: dialect.notation)
    } catch {
      throw error.unreadable("An event of the stream")
    }
  }

  /// Peers are not of one mind what an error in a stream looks like: JSON-RPC's, AIP-193's, or either one's inner
  /// object.
  private static func error(_ value: JSONValue) -> A2AError {
    guard let object = value["error"], object.kind == .object else {
      return value["code"]?.int == nil ? A2AError(body: value, status: nil) : A2AError(rpcObject: value)
    }
    let isRPC = value["jsonrpc"] != nil || (object["code"]?.int ?? 0) < 0
    return isRPC ? A2AError(rpcObject: object) : A2AError(body: value, status: nil)
  }

  private func result(_ value: JSONValue?) throws(A2AError) -> OperationResult {
    do throws(FieldFault) {
      return try OperationResult(of: operation.name, value, as: dialect.notation)
    } catch {
      throw error.unreadable("The answer")
    }
  }

  /// What JSON-RPC's envelope holds; throws the error in it.
  private func contents(of envelope: JSONValue?) throws(A2AError) -> JSONValue? {
    guard let envelope, envelope.kind == .object else {
      throw .unreadable("The answer is no JSON-RPC response: it must be an object.")
    }
    if let error = envelope["error"], error.kind == .object { throw A2AError(rpcObject: error) }
    // Some peers leave the id out. Another one, though, belongs to another call.
    if let id = envelope["id"], !id.isNull, id.int != Int64(self.id), !id.equalsString(String(self.id)) {
      throw .unreadable("The answer is for call \(Excerpt.quoting(id.bytes)), and this is \(self.id).")
    }
    guard let result = envelope["result"] else {
      // The SDK of Python leaves out a result that is null.
      if operation.name == .deletePushConfig { return nil }
      throw .unreadable("The answer is no JSON-RPC response: it has neither a result nor an error.")
    }
    return result.isNull ? nil : result
  }
}
