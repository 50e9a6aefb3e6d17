/// Why a request is not served: the answer to give before the connection closes.
package struct Refusal: Error, Sendable, Equatable {
  package let status: HTTPStatus
  /// A full sentence that names what was wrong and what to do: printable ASCII, at most 64 bytes of the request, escaped.
  package let detail: String
  /// For programs: what kind of refusal it is. Nil: the status says it all.
  package let code: String?
  /// Fields the answer has to carry, such as `sec-websocket-version`.
  package let fields: HTTPFields
  /// What a program needs to go on, such as who was first: the text of a JSON object on one line, whose members the answer has beside those
  /// that every refusal has.
  package let facts: [UInt8]?

  package init(
    _ status: HTTPStatus, _ detail: String, code: String? = nil, fields: HTTPFields = HTTPFields(),
    facts: [UInt8]? = nil
  ) {
    self.status = status
    self.detail = detail
    self.code = code
    self.fields = fields
    self.facts = facts
  }

  static func badRequest(_ detail: String) -> Refusal { Refusal(.badRequest, detail) }
}

extension Refusal {
  /// A fault of the message as the answer to a request that has it.
  init(_ fault: MessageFault) {
    switch fault.kind {
    // No request is `truncated`: nobody is left to be answered.
    case .malformed, .truncated: self.init(.badRequest, fault.detail)
    case .fieldsTooLarge: self.init(.requestHeaderFieldsTooLarge, fault.detail)
    case .bodyTooLarge: self.init(.contentTooLarge, fault.detail)
    case .unsupported: self.init(.notImplemented, fault.detail)
    }
  }
}
