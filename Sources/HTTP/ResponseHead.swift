/// The status and fields of an answer. How its body is framed is said when it is written.
package struct ResponseHead: Sendable, Equatable {
  package var status: HTTPStatus
  package var fields: HTTPFields

  package init(_ status: HTTPStatus, fields: HTTPFields = HTTPFields()) {
    self.status = status
    self.fields = fields
  }
}

/// How the end of an answer is made known.
package enum ResponseFraming: Sendable, Equatable {
  /// The status forbids a body: 1xx, 204, 304.
  case none
  /// A body of that many bytes follows; none does in the answer to HEAD, which has the length GET would have.
  case length(Int)
  /// Chunks follow. HTTP/1.1 only.
  case chunked
  /// The body ends with the connection.
  case untilClose
}
