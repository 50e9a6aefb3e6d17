/// What is wrong with a part that requests and responses have in common (fields, chunks, trailers), or with a response.
package struct MessageFault: Error, Equatable, Sendable {
  package enum Kind: Sendable {
    case malformed
    case fieldsTooLarge
    case bodyTooLarge
    /// Well formed, but in a coding nobody here takes off.
    case unsupported
    /// What came was right as far as it came: the peer closed the connection before the end.
    case truncated
  }

  package let kind: Kind
  /// A full sentence, printable ASCII.
  package let detail: String

  package init(_ kind: Kind, _ detail: String) {
    self.kind = kind
    self.detail = detail
  }

  static func malformed(_ detail: String) -> MessageFault { MessageFault(.malformed, detail) }

  static func bodyTooLarge(_ maxBody: Int) -> MessageFault {
    MessageFault(.bodyTooLarge, "The body is longer than \(maxBody) bytes; send a shorter one.")
  }

  static let bareCarriageReturn = malformed(
    "A line has a carriage return without a line feed behind it; end lines with CRLF.")
}
