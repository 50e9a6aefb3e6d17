package import HTTP
package import JSON

/// A call as the first alert analyzers make it, from before A2A had a form: an alert and a task, with plain paths.
///
/// - `POST /analyze` with `{"alert_text":…}`
/// - `POST /message/stream` with `{"jsonrpc","method","params":{"task_id"?,"messages":[{"role","parts":[…]}]}}`
/// - `GET /tasks/{id}` of a caller that names no version of A2A
package struct AnalyzerCall: Sendable, Equatable {
  package enum Request: Sendable, Equatable {
    /// To begin a task, and to be told which one.
    case analyze([Part])
    /// To hear of a task: of that one, or of one that begins with this.
    case stream([Part], task: String?)
    case read(task: String)
  }

  package let request: Request
  /// Of JSON-RPC, where the caller has sent one.
  package let id: JSONValue?

  /// Nil: the request is none of these.
  /// - Parameter path: the decoded segments behind the agent's own path.
  /// - Throws: the error for the caller: HTTP's status 400 goes with it.
  package init?(
    _ method: HTTPMethod, _ path: [String], _ fields: HTTPFields, _ query: [QueryItem], _ body: [UInt8]
  ) throws(A2AError) {
    switch (method, path) {
    case (.post, ["analyze"]):
      request = .analyze(try Self.alert(in: Self.object(body)))
      id = nil
    case (.post, ["message", "stream"]):
      let call = try Self.object(body)
      request = try AnalyzerMessage.stream(in: call)
      id = call["id"].flatMap { [.string, .number].contains($0.kind) ? $0.detached() : nil }
    case (.get, _) where path.first == "tasks" && !ServiceParameters.isVersionGiven(fields, query):
      // What has a verb behind it is A2A's.
      guard let route = Route(method, path), route.version == .v1, route.operation == .getTask else { return nil }
      request = .read(task: path[1])
      id = nil
    default:
      return nil
    }
  }

  private static func object(_ body: [UInt8]) throws(A2AError) -> JSONValue {
    let value: JSONValue
    do throws(JSONError) {
      value = try JSONValue(parsing: body)
    } catch {
      throw A2AError(.parseError, error.sentence)
    }
    guard value.kind == .object else {
      throw A2AError(.invalidRequest, "The body is \(value.kind.name), and has to be an object.")
    }
    return value
  }

  private static func alert(in body: JSONValue) throws(A2AError) -> [Part] {
    guard let text = body["alert_text"]?.string, !text.isEmpty else {
      throw A2AError(
        .invalidParams,
        "The body has no \"alert_text\", or an empty one. Send {\"alert_text\": \"...\"} with the alert.")
    }
    return [.text(text)]
  }
}

extension AnalyzerCall {
  /// The call as it is counted and logged: as one of 0.3, which is what is nearest.
  package func counted(as operation: Operation) -> ServerCall {
    let isStream = if case .stream = request { true } else { false }
    let dialect = Dialect(isStream ? .jsonRPC : .httpJSON, .v0_3)
    return ServerCall(
      operation: operation, dialect: dialect, extensions: [],
      replies: ReplyWriter(dialect: dialect, id: id, mediaType: MediaTypeNames.json))
  }
}
