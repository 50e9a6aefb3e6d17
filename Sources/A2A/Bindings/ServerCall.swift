package import HTTP

/// A call as a server has read it, with all that is needed to answer it.
package struct ServerCall: Sendable {
  package let operation: Operation
  package let dialect: Dialect
  /// URIs that the caller wants to be active (`A2A-Extensions`).
  package let extensions: [String]
  package let replies: ReplyWriter
}

/// An answer in a dialect, ready for HTTP.
package struct EncodedAnswer: Sendable, Equatable {
  package let status: HTTPStatus
  package let mediaType: String
  package let body: [UInt8]

  package init(status: HTTPStatus, mediaType: String, body: [UInt8]) {
    self.status = status
    self.mediaType = mediaType
    self.body = body
  }
}

/// A request that is no call: the answer says why.
package struct CallRefused: Error, Sendable, Equatable {
  package let error: A2AError
  package let answer: EncodedAnswer
}
