import A2A
import HTTP

extension Dialect {
  static let all = ProtocolVersion.allCases.flatMap { version in
    Binding.allCases.map { Dialect($0, version) }
  }
}

/// What a server reads when a client's call arrives.
func received(_ call: ClientCall, tenant: String? = nil) throws -> ServerCall? {
  guard call.dialect.binding == .httpJSON else {
    return try JSONRPCReader.read(body: call.body, fields: call.fields, query: [])
  }
  let target = try RequestTarget(parsing: call.path, method: call.method)
  var segments = target.decodedSegments
  if let tenant, call.dialect.version == .v1 {
    guard segments.removeFirst() == tenant else { return nil }
  }
  return try HTTPJSONReader.read(
    method: call.method, path: segments, tenant: call.dialect.version == .v1 ? tenant : nil, query: target.queryItems,
    fields: call.fields, body: call.body)
}

extension ClientCall {
  func result(_ answer: EncodedAnswer) throws(A2AError) -> OperationResult {
    try result(status: answer.status, mediaType: answer.mediaType, body: answer.body)
  }
}
