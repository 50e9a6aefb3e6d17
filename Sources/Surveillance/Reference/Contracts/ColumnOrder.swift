/// Where in a file's rows the columns of its contract are, as its first row says.
struct ColumnOrder {
  /// For each column of the contract, the field that holds it; nil where the file does without.
  let fields: [Int?]
  /// Of each row.
  let fieldCount: Int

  init(_ header: CSVRow, _ file: ReferenceFile) throws(ReferenceError) {
    let columns = file.columns
    var fields = [Int?](repeating: nil, count: columns.count)
    let advice = "The columns of \(file.name) are \(columns.joined(separator: ", ")), in any order."
    for index in 0..<header.count {
      let name = String(decoding: header[index], as: UTF8.self)
      let place = header.fields[index].place
      guard let column = columns.firstIndex(of: name) else {
        let shown = ReferenceError.shown(header[index])
        let cause = name.isEmpty ? "A column has no name." : "The column \(shown) is not known."
        throw ReferenceError(file, at: place, cause: cause, advice: advice)
      }
      guard fields[column] == nil else {
        throw ReferenceError(file, at: place, columnName: name, cause: "The column is there twice.", advice: advice)
      }
      fields[column] = index
    }
    let missing = columns.indices.filter { fields[$0] == nil }.map { columns[$0] }
      .filter { !file.optionalColumns.contains($0) }
    guard missing.isEmpty else {
      throw ReferenceError(
        file, at: ReferenceError.Place(line: 1, column: 1),
        cause: missing.count == 1
          ? "The column \(missing[0]) is missing." : "The columns \(missing.joined(separator: ", ")) are missing.",
        advice: advice)
    }
    self.fields = fields
    fieldCount = header.count
  }
}
