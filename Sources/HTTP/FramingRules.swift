/// Reads from the fields of a message how long its body is, and refuses what can be read in two ways (RFC 9112 section 6).
///
/// Two Content-Length fields are refused even where they agree: no program that means well sends them.
enum FramingRules {
  /// Whose fields they are, as the sentence of a fault names it.
  enum Message: String {
    case request
    case answer
  }

  static func framing(
    of message: Message, _ known: KnownFields, _ version: HTTPVersion, maxBody: Int
  ) throws(MessageFault) -> BodyFraming {
    let subject = "The \(message.rawValue)"
    if !known.transferEncoding.isEmpty {
      guard known.contentLength.isEmpty else {
        throw .malformed("\(subject) has both Content-Length and Transfer-Encoding; send one of them.")
      }
      guard version == .http11 else {
        throw .malformed("\(subject) has Transfer-Encoding in HTTP/1.0, which knows none; send Content-Length.")
      }
      try checkTransferEncoding(known.transferEncoding)
      return .chunked
    }
    guard known.contentLength.count <= 1 else {
      throw .malformed("\(subject) has \(known.contentLength.count) Content-Length fields; send exactly one.")
    }
    guard let text = known.contentLength.first else { return .none }
    return .length(try contentLength(text, maxBody: maxBody))
  }

  private static func contentLength(_ text: String, maxBody: Int) throws(MessageFault) -> Int {
    guard !text.isEmpty, text.utf8.allSatisfy(\.isDigit) else {
      throw .malformed("The Content-Length \(Excerpt.quoting(text)) is not a number; send decimal digits alone.")
    }
    // Digits that do not fit into an Int are a length too, and too long a one.
    guard let length = Int(text), length <= maxBody else { throw .bodyTooLarge(maxBody) }
    return length
  }

  private static func checkTransferEncoding(_ values: [String]) throws(MessageFault) {
    let codings = values.joined(separator: ",").utf8
      .split(separator: ASCII.comma, omittingEmptySubsequences: false)
      .map { CommaList.trim($0).lowercased() }
    if codings == ["chunked"] { return }
    let quoted = Excerpt.quoting(values.joined(separator: ", "))
    guard codings.allSatisfy(FieldText.isToken) else {
      throw .malformed("The Transfer-Encoding \(quoted) has a member that is no coding; send chunked alone.")
    }
    guard codings.last == "chunked" || !codings.contains("chunked") else {
      throw .malformed("The Transfer-Encoding \(quoted) has chunked before another coding; send chunked alone.")
    }
    guard codings.filter({ $0 == "chunked" }).count <= 1 else {
      throw .malformed("The Transfer-Encoding \(quoted) has chunked more than once; send it once.")
    }
    throw MessageFault(.unsupported, "The Transfer-Encoding \(quoted) is not supported; send chunked alone.")
  }
}
