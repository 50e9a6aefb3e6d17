/// A place in a text as editors name it.
package struct JSONPosition: Sendable, Equatable {
  /// Counted from 1. Lines end with LF, CR LF or CR.
  package let line: Int

  /// Counted from 1, in Unicode scalars: a character of several bytes is one column.
  package let column: Int

  /// The line and column of a byte; an offset beyond the end is taken as the end.
  package init(of offset: Int, in bytes: [UInt8]) {
    var line = 1
    var column = 1
    for index in 0..<max(0, min(offset, bytes.count)) {
      let byte = bytes[index]
      let isFollowedByLineFeed = index + 1 < bytes.count && bytes[index + 1] == ASCII.lineFeed
      if byte == ASCII.lineFeed || (byte == ASCII.carriageReturn && !isFollowedByLineFeed) {
        line += 1
        column = 1
      } else if !UTF8Sequence.isContinuation(byte) {
        column += 1
      }
    }
    self.line = line
    self.column = column
  }
}
