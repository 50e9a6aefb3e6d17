package import HTTP

/// A call to another server.
package struct ClientRequest: Sendable {
  package var method: HTTPMethod
  package var url: ServiceURL
  /// Host, Content-Length, Transfer-Encoding and Connection are not among them: those follow from the rest.
  package var fields: HTTPFields
  package var body: ClientRequestBody
  /// Nil takes the client's.
  package var deadlines: ClientDeadlines?
  /// Awaited while the connection stands and nothing of the request has left: for what must be so before the server may hear of it. It has
  /// no deadline here. What it throws, the call throws, and nothing is sent; a connection that is lost meanwhile was none, so that the
  /// call fails as `.unreachable`. Where that was one kept from an earlier call, another is made and this is awaited once more.
  package var beforeSending: (@Sendable () async throws -> Void)?

  package init(
    _ method: HTTPMethod = .get, _ url: ServiceURL, fields: HTTPFields = HTTPFields(), body: ClientRequestBody = .none,
    deadlines: ClientDeadlines? = nil
  ) {
    self.method = method
    self.url = url
    self.fields = fields
    self.body = body
    self.deadlines = deadlines
  }

  /// May be sent twice: the method says so (RFC 9110 section 9.2.2), and the body can be had again.
  var isRepeatable: Bool {
    if case .stream = body { return false }
    return [.get, .head, .options, .put, .delete, .trace].contains(method)
  }
}

/// The three ways a request's body comes about.
package enum ClientRequestBody: Sendable {
  case none
  case bytes([UInt8])
  /// Written while it is sent. With a length it is checked; without one it is chunked. A thrown error cuts the connection, so
  /// that the server cannot take a part for the whole, and is what the call throws.
  case stream(length: Int? = nil, @Sendable (ClientBodyWriter) async throws -> Void)

  var framing: BodyFraming {
    switch self {
    case .none: .none
    case .bytes(let bytes): .length(bytes.count)
    case .stream(let length, _): length.map { .length($0) } ?? .chunked
    }
  }
}

/// The writing end of a streamed request body.
package struct ClientBodyWriter: Sendable {
  let connection: ClientConnection
  let exchange: ClientExchange.ID

  /// Returns when there is room for more: a slow server slows the writer. Throws `ClientError` when no more is taken.
  package func write(_ bytes: [UInt8]) async throws {
    try await connection.write(bytes, for: exchange)
  }
}
