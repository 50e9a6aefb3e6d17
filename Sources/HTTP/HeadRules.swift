/// What the fields of a request must fulfil for its meaning to be beyond doubt (RFC 9112 sections 3.2, 6 and 9).
enum HeadRules {
  /// The authority asked for. Host is checked even where an absolute-form target overrides it.
  static func authority(_ known: KnownFields, _ line: RequestLine) throws(Refusal) -> String {
    guard known.host.count <= 1 else {
      throw .badRequest("The request has \(known.host.count) Host fields; send exactly one.")
    }
    guard let host = known.host.first else {
      guard line.version == .http10 else { throw .badRequest("The request has no Host field; send exactly one.") }
      return line.target.authority ?? ""
    }
    if let fault = HostSyntax.fault(in: Latin1.bytes(of: host)[...]) {
      throw .badRequest("The Host field \(Excerpt.quoting(host)) \(fault); send the host name and port alone.")
    }
    return line.target.authority ?? host
  }

  static func framing(
    _ known: KnownFields, _ version: HTTPVersion, maxBody: Int
  ) throws(Refusal) -> BodyFraming {
    if !known.transferEncoding.isEmpty {
      guard known.contentLength.isEmpty else {
        throw .badRequest("The request has both Content-Length and Transfer-Encoding; send one of them.")
      }
      guard version == .http11 else {
        throw .badRequest("The request has Transfer-Encoding in HTTP/1.0, which knows none; send Content-Length.")
      }
      try checkTransferEncoding(known.transferEncoding)
      return .chunked
    }
    guard known.contentLength.count <= 1 else {
      throw .badRequest("The request has \(known.contentLength.count) Content-Length fields; send exactly one.")
    }
    guard let text = known.contentLength.first else { return .none }
    return .length(try contentLength(text, maxBody: maxBody))
  }

  private static func contentLength(_ text: String, maxBody: Int) throws(Refusal) -> Int {
    guard !text.isEmpty, text.utf8.allSatisfy(\.isDigit) else {
      throw .badRequest("The Content-Length \(Excerpt.quoting(text)) is not a number; send decimal digits alone.")
    }
    // Digits that do not fit into an Int are a length too, and too long a one.
    guard let length = Int(text), length <= maxBody else {
      throw Refusal(.contentTooLarge, "The body is longer than \(maxBody) bytes; send a shorter one.")
    }
    return length
  }

  private static func checkTransferEncoding(_ values: [String]) throws(Refusal) {
    let codings = values.joined(separator: ",").utf8
      .split(separator: ASCII.comma, omittingEmptySubsequences: false)
      .map { CommaList.trim($0).lowercased() }
    if codings == ["chunked"] { return }
    let quoted = Excerpt.quoting(values.joined(separator: ", "))
    guard codings.allSatisfy(FieldText.isToken) else {
      throw .badRequest("The Transfer-Encoding \(quoted) has a member that is no coding; send chunked alone.")
    }
    guard codings.last == "chunked" || !codings.contains("chunked") else {
      throw .badRequest("The Transfer-Encoding \(quoted) has chunked before another coding; send chunked alone.")
    }
    guard codings.filter({ $0 == "chunked" }).count <= 1 else {
      throw .badRequest("The Transfer-Encoding \(quoted) has chunked more than once; send it once.")
    }
    throw Refusal(.notImplemented, "The Transfer-Encoding \(quoted) is not supported; send chunked alone.")
  }

  static func expectsContinue(_ known: KnownFields, _ version: HTTPVersion) throws(Refusal) -> Bool {
    // "A server that receives a 100-continue expectation in an HTTP/1.0 request MUST ignore it" (RFC 9110 section 10.1.1).
    guard version == .http11, !known.expect.isEmpty else { return false }
    guard known.expect.allSatisfy({ $0.lowercased() == "100-continue" }) else {
      let quoted = Excerpt.quoting(known.expect.joined(separator: ", "))
      throw Refusal(.expectationFailed, "The expectation \(quoted) cannot be met; expect 100-continue or nothing.")
    }
    return true
  }

  static func keepAlive(_ known: KnownFields, _ version: HTTPVersion) -> Bool {
    if known.connection.contains("close") { return false }
    return version == .http11 || known.connection.contains("keep-alive")
  }
}
