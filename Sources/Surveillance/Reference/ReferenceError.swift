/// Why reference data cannot be used: where it is wrong, what is wrong, and what to do.
package struct ReferenceError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Both count from 1; the column counts characters of the line.
  package struct Place: Sendable, Hashable, Comparable {
    package var line: Int
    package var column: Int

    package init(line: Int, column: Int) {
      self.line = line
      self.column = column
    }

    package static func < (left: Place, right: Place) -> Bool {
      (left.line, left.column) < (right.line, right.column)
    }
  }

  package var file: ReferenceFile
  /// Nil where the whole file is meant.
  package var place: Place?
  /// The name that stands at the head of the column.
  package var columnName: String?
  /// A whole sentence each.
  package var cause: String
  package var advice: String

  package init(
    _ file: ReferenceFile, at place: Place? = nil, columnName: String? = nil, cause: String, advice: String
  ) {
    self.file = file
    self.place = place
    self.columnName = columnName
    self.cause = cause
    self.advice = advice
  }

  /// `trades.csv, line 3, column 17 (qty): "many" is no whole number. Write digits alone, such as 1200.`
  package var description: String {
    let position = place.map { ", line \($0.line), column \($0.column)" } ?? ""
    let name = columnName.map { " (\($0))" } ?? ""
    return "\(file.name)\(position)\(name): \(cause) \(advice)"
  }

  /// Bytes of a file as they can be shown in a sentence: short, on one line, without anything that a terminal obeys.
  static func shown(_ bytes: some Sequence<UInt8>) -> String {
    var text = ""
    var count = 0
    for scalar in String(decoding: Array(bytes.prefix(4 * Self.longestShown + 4)), as: UTF8.self).unicodeScalars {
      guard count < Self.longestShown else { return "\"\(text)…\"" }
      let isPlain = scalar.value >= 0x20 && !(0x7F...0x9F).contains(scalar.value)
      text += isPlain ? String(scalar) : "\\u{\(String(scalar.value, radix: 16))}"
      count += 1
    }
    return "\"\(text)\""
  }

  private static let longestShown = 40
}
