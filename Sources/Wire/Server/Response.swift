package import HTTP
import Telemetry

/// What a handler answers.
package struct Response: Sendable {
  package var status: HTTPStatus
  package var fields: HTTPFields
  package var body: ResponseBody

  package init(_ status: HTTPStatus = .ok, fields: HTTPFields = HTTPFields(), body: ResponseBody = .empty) {
    self.status = status
    self.fields = fields
    self.body = body
  }

  package static func text(_ text: String, status: HTTPStatus = .ok) -> Response {
    Response(
      status, fields: HTTPFields([("content-type", "text/plain; charset=utf-8")]), body: .bytes(Array(text.utf8)))
  }

  package static func json(_ bytes: [UInt8], status: HTTPStatus = .ok) -> Response {
    Response(
      status, fields: HTTPFields([("content-type", "application/json"), ("cache-control", "no-store")]),
      body: .bytes(bytes))
  }

  /// An error as RFC 9457 describes it: `{"type":"about:blank","title":…,"status":…,"code":…,"detail":…}`. Programs go by the
  /// code: a word for the kind of error, which is the status's own (`not-found`) where there is nothing more to say. What the refusal has
  /// for facts follows.
  package static func problem(_ refusal: Refusal) -> Response {
    var line = JSONLine()
    line.add("type", "about:blank")
    line.add("title", refusal.status.reason)
    line.add("status", refusal.status.code)
    line.add("code", refusal.code ?? refusal.status.reason.lowercased().replacing(" ", with: "-"))
    line.add("detail", refusal.detail)
    if let facts = refusal.facts { line.add(renderedMembers: Array(facts.dropFirst().dropLast())) }
    var fields = refusal.fields
    fields["content-type"] = "application/problem+json"
    fields["cache-control"] = "no-store"
    return Response(refusal.status, fields: fields, body: .bytes(line.finish()))
  }
}

/// The ways a body comes about.
package enum ResponseBody: Sendable {
  case empty
  /// All of it is here; nothing is copied.
  case bytes([UInt8])
  /// A file on disk, read in pieces off the loop.
  case file(OpenFile)
  /// Written while it is made. With a length it is checked; without one it is chunked. A thrown error cuts the connection, so
  /// that the peer cannot take a part for the whole.
  case stream(length: Int? = nil, @Sendable (BodyWriter) async throws -> Void)
  /// Server-sent events; see `Response.events`.
  case events(EventStreamOptions, @Sendable (EventStream) async throws -> Void)
  /// No body: the connection becomes a WebSocket; see `Response.webSocket`.
  case webSocket(WebSocketOptions, subprotocol: String?, @Sendable (WebSocket) async throws -> Void)
}

/// The writing end of a streamed body.
package struct BodyWriter: Sendable {
  let connection: Connection
  let exchange: Exchange.ID

  /// Returns when there is room for more: a slow reader slows the writer. Throws `WireError` when the peer has gone.
  package func write(_ bytes: [UInt8]) async throws {
    try await connection.write(bytes, for: exchange)
  }
}
