/// What the fields of a request must fulfil for its meaning to be beyond doubt (RFC 9112 sections 3.2 and 9).
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
