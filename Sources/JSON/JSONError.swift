/// Why a text was refused as JSON, and where.
///
/// Two errors are equal when reason and offset are; the wording of the detail does not count.
package struct JSONError: Error, Sendable, Equatable, CustomStringConvertible {
  package let reason: Reason

  /// The byte at which the text stopped being acceptable, counted from 0. Of an escape it is the backslash, of a UTF-8
  /// sequence the first byte, of a duplicate key the opening quote of the second one, of a text that ends too early
  /// its length.
  package let offset: Int

  /// What was found there, for people; empty when the reason says it all.
  package let detail: String

  package init(_ reason: Reason, at offset: Int, detail: String = "") {
    self.reason = reason
    self.offset = offset
    self.detail = detail
  }

  package static func == (left: JSONError, right: JSONError) -> Bool {
    left.reason == right.reason && left.offset == right.offset
  }

  /// A full sentence. It quotes at most one byte or one shortened key of the text.
  package var description: String {
    let found = detail.isEmpty ? "" : " (\(detail))"
    return "The JSON text is refused at byte \(offset): \(reason)\(found)."
  }

  /// The line and the column of the error in the text that was refused, both counted from 1; see ``JSONPosition``.
  package func position(in bytes: [UInt8]) -> (line: Int, column: Int) {
    let position = JSONPosition(of: offset, in: bytes)
    return (position.line, position.column)
  }
}
