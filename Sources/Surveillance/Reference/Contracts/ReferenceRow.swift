/// A row of one of the files.
package protocol ReferenceRow: Sendable, Equatable {
  static var file: ReferenceFile { get }

  /// Writes the fields in the order of the file's columns.
  func write(to writer: inout CSVWriter)
}

/// A row that is kept as it is read. Trades are too many for that.
protocol ReadableRow: ReferenceRow {
  /// Reads the fields in the order of the file's columns.
  init(_ row: inout ContractRow) throws(ReferenceError)

  /// What no other row of the file may have too, as people read it.
  var key: String { get }
}
