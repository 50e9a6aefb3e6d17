/// What is wrong with a part that requests and responses have in common: fields, chunks, trailers.
package struct MessageFault: Error, Equatable, Sendable {
  package enum Kind: Sendable {
    case malformed
    case fieldsTooLarge
    case bodyTooLarge
  }

  package let kind: Kind
  /// A full sentence, printable ASCII.
  package let detail: String

  package init(_ kind: Kind, _ detail: String) {
    self.kind = kind
    self.detail = detail
  }

  static func malformed(_ detail: String) -> MessageFault { MessageFault(.malformed, detail) }
}
