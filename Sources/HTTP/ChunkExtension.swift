/// What follows a chunk size on its line (RFC 9112 section 7.1.1), checked byte by byte and then ignored.
///
/// Blanks are taken around `;` and `=`, as the grammar has them, but never at the end of the line.
enum ChunkExtension: Sendable {
  enum Verdict {
    case more, endOfLine, illegal
  }

  case beforeSemicolon, beforeName, name, afterName, beforeValue, value, quoted, escaped, afterQuoted, afterValue

  mutating func accept(_ byte: UInt8) -> Verdict {
    guard let next = successor(byte) else { return mayEnd && byte == ASCII.carriageReturn ? .endOfLine : .illegal }
    self = next
    return .more
  }

  private var mayEnd: Bool {
    switch self {
    case .name, .value, .afterQuoted: true
    default: false
    }
  }

  private func successor(_ byte: UInt8) -> ChunkExtension? {
    switch self {
    case .beforeSemicolon, .afterValue:
      byte.isBlank ? self : afterSemicolon(byte)
    case .beforeName:
      byte.isBlank ? self : byte.isToken ? .name : nil
    case .name:
      byte.isToken ? self : byte == ASCII.equals ? .beforeValue : byte.isBlank ? .afterName : afterSemicolon(byte)
    case .afterName:
      byte.isBlank ? self : byte == ASCII.equals ? .beforeValue : afterSemicolon(byte)
    case .beforeValue:
      byte.isBlank ? self : byte == ASCII.quote ? .quoted : byte.isToken ? .value : nil
    case .value:
      byte.isToken ? self : byte.isBlank ? .afterValue : afterSemicolon(byte)
    case .quoted:
      byte == ASCII.quote ? .afterQuoted : byte == ASCII.backslash ? .escaped : byte.isFieldValue ? self : nil
    case .escaped:
      byte.isFieldValue ? .quoted : nil
    case .afterQuoted:
      byte.isBlank ? .afterValue : afterSemicolon(byte)
    }
  }

  private func afterSemicolon(_ byte: UInt8) -> ChunkExtension? {
    byte == ASCII.semicolon ? .beforeName : nil
  }
}
