/// What the head of an answer says about the bytes behind it (RFC 9112 sections 6.3 and 9.3).
struct ResponseRules: Sendable {
  enum Body: Sendable, Equatable {
    case framed(BodyFraming)
    case untilClose
  }

  let body: Body
  /// The server lets the connection stay, and the body leaves it where another answer can begin.
  let keepsAlive: Bool

  init(
    _ line: StatusLine, _ fields: HTTPFields, to method: HTTPMethod, maxBody: Int
  ) throws(MessageFault) {
    let known = KnownFields(fields)
    // HEAD and 304 tell the length that a body would have; nothing of that length is read.
    let isDescription = method == .head || line.status.code == 304
    let framing = try FramingRules.framing(
      of: .answer, known, line.version, maxBody: isDescription ? .max : maxBody)
    if isDescription {
      body = .framed(.none)
    } else if line.status.forbidsBody {
      guard framing.isEmpty else {
        throw .malformed("The answer announces a body, and the status \(line.status.code) has none; send none.")
      }
      body = .framed(.none)
    } else {
      body = framing == .none ? .untilClose : .framed(framing)
    }
    keepsAlive = body != .untilClose && HeadRules.keepAlive(known, line.version)
  }
}
