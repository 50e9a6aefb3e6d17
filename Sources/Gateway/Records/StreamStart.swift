import HTTP
import Journal

/// Where somebody wants to begin to read, as a cursor, a reserved word, or nothing says it.
enum StreamStart: Sendable, Equatable {
  /// Nothing was said.
  case unsaid
  case earliest
  case latest
  case after(Cursor)

  /// Throws 400 for what is neither a cursor nor a reserved word. A cursor of another journal is none of this place's business: it
  /// is well-formed.
  init(_ text: String) throws(Refusal) {
    switch text {
    case "earliest": self = .earliest
    case "latest": self = .latest
    default:
      guard let cursor = Cursor(text) else {
        throw Refusal(
          .badRequest,
          "\(Excerpt.quoting(text.utf8)) is no cursor. Send one as an event's id gave it, or earliest or latest.",
          code: "bad-cursor")
      }
      self = .after(cursor)
    }
  }
}
