/// A row that is read field by field, in the order of the file's contract, whatever order the file has.
struct ContractRow {
  static let listSeparator = ";"

  let file: ReferenceFile
  private let row: CSVRow
  private let fields: [Int?]
  /// How many columns were read.
  private var count = 0
  /// What it says of rows in other files.
  private(set) var references: [ReferenceUse] = []

  init(_ row: CSVRow, _ order: ColumnOrder, _ file: ReferenceFile) throws(ReferenceError) {
    self.file = file
    self.row = row
    fields = order.fields
    guard row.count != order.fieldCount else { return }
    // The first field that is too many, or the last one.
    let place = row.fields[min(row.count - 1, order.fieldCount)].place
    guard !row.isEmptyLine else {
      throw ReferenceError(file, at: place, cause: "The line is empty.", advice: "Delete it.")
    }
    throw ReferenceError(
      file, at: place,
      cause: "The row has \(row.count) \(row.count == 1 ? "field" : "fields"), and the header names "
        + "\(order.fieldCount).",
      advice: "Give each column a field, and put fields that have commas in them into quotes.")
  }

  /// The next column's field; empty for a column that the file does without.
  mutating func next() -> ArraySlice<UInt8> {
    count += 1
    return fields[count - 1].map { row[$0] } ?? []
  }

  /// Where the row begins.
  var start: ReferenceError.Place { row.fields[0].place }

  /// Of the field that was read last.
  var place: ReferenceError.Place { fields[count - 1].map { row.fields[$0].place } ?? start }
  var columnName: String { file.columns[count - 1] }

  /// About the field that was read last.
  func wrong(_ cause: String, _ advice: String) -> ReferenceError {
    ReferenceError(file, at: place, columnName: columnName, cause: cause, advice: advice)
  }

  /// An id that another file has to know. Files come in any order, so that it is looked up when all are there.
  mutating func reference(to target: ReferenceTarget) throws(ReferenceError) -> String {
    let id = try identifier()
    note(id, target)
    return id
  }

  mutating func note(_ id: String, _ target: ReferenceTarget) {
    references.append(use(id, target))
  }

  func use(_ id: String, _ target: ReferenceTarget) -> ReferenceUse {
    ReferenceUse(file: file, columnName: columnName, place: place, target: target, id: id)
  }
}
