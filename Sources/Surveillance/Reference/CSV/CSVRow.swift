/// One row as it was read: the contents of its fields without their quotes, and where each began.
struct CSVRow {
  struct Field {
    /// Where its contents end in the row's bytes; they begin where those of the field before it end.
    var end: Int
    var place: ReferenceError.Place
  }

  var bytes: [UInt8] = []
  var fields: [Field] = []

  var count: Int { fields.count }

  subscript(_ index: Int) -> ArraySlice<UInt8> { bytes[start(of: index)..<fields[index].end] }

  func start(of index: Int) -> Int { index == 0 ? 0 : fields[index - 1].end }

  /// A line without anything is no row of one empty field: every file has more columns than one.
  var isEmptyLine: Bool { fields.count == 1 && bytes.isEmpty }

  mutating func clear() {
    bytes.removeAll(keepingCapacity: true)
    fields.removeAll(keepingCapacity: true)
  }
}
