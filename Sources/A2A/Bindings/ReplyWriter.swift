import HTTP
import JSON

/// Writes what a call is answered with: in its dialect, under its id, in the media type it asked for.
package struct ReplyWriter: Sendable {
  let dialect: Dialect
  /// Of JSON-RPC; nil where it could not be read, which is written as null.
  let id: JSONValue?
  let mediaType: String
  let errorMediaType: String

  /// - Parameter mediaType: what the caller named. Where it named none, 1.0 has a type of its own for answers, and errors
  ///   are what everybody takes.
  init(dialect: Dialect, id: JSONValue? = nil, mediaType: String?) {
    self.dialect = dialect
    self.id = id
    self.mediaType = mediaType ?? (dialect.version == .v1 ? MediaTypeNames.a2a : MediaTypeNames.json)
    errorMediaType = mediaType ?? MediaTypeNames.json
  }

  package func answer(_ result: OperationResult) -> EncodedAnswer {
    EncodedAnswer(
      status: .ok, mediaType: mediaType, body: reply("result") { result.write(to: &$0, in: dialect) })
  }

  package func refusal(_ error: A2AError) -> EncodedAnswer {
    refusal(error, status: error.code.status)
  }

  /// - Parameter status: in HTTP+JSON, where HTTP has a better one than the error. JSON-RPC knows no status but 200.
  func refusal(_ error: A2AError, status: HTTPStatus) -> EncodedAnswer {
    EncodedAnswer(
      status: dialect.binding == .jsonRPC ? .ok : status, mediaType: errorMediaType,
      body: body(of: error, status: status))
  }

  /// The data of one server-sent event. `isLast`: the stream ends behind it (0.3 says so in the event).
  package func event(_ event: TaskEvent, isLast: Bool) -> [UInt8] {
    reply("result") { writer in
      writer.object { event.write(to: &$0, as: dialect.notation, isLast: isLast) }
    }
  }

  /// The data of the event of type `error` with which a stream ends that cannot go on.
  package func failure(_ error: A2AError) -> [UInt8] {
    body(of: error, status: error.code.status)
  }

  private func body(of error: A2AError, status: HTTPStatus) -> [UInt8] {
    switch dialect.binding {
    case .jsonRPC:
      return reply("error") { writer in writer.object { error.writeObject(to: &$0) } }
    case .httpJSON:
      var writer = JSONWriter()
      writer.object { error.writeBody(to: &$0, status: status, version: dialect.version) }
      return writer.bytes
    }
  }

  /// In JSON-RPC the value is a member of an envelope.
  private func reply(_ member: String, _ value: (inout JSONWriter) -> Void) -> [UInt8] {
    var writer = JSONWriter()
    switch dialect.binding {
    case .httpJSON:
      value(&writer)
    case .jsonRPC:
      writer.object { envelope in
        envelope.member("jsonrpc", "2.0")
        envelope.key("id")
        if let id { envelope.value(id) } else { envelope.null() }
        envelope.key(member)
        value(&envelope)
      }
    }
    return writer.bytes
  }
}
