/// Makes one file of the reference data from rows. The bytes can be taken away between rows, so that a large file needs little memory.
package struct ReferenceWriter: Sendable {
  package let file: ReferenceFile
  private var writer = CSVWriter()

  /// Writes the header.
  package init(_ file: ReferenceFile) {
    self.file = file
    for column in file.columns { writer.field(column) }
    writer.endRow()
  }

  package var count: Int { writer.bytes.count }

  package mutating func write<Row: ReferenceRow>(_ row: Row) {
    precondition(Row.file == file, "\(Row.self) is no row of \(file.name).")
    row.write(to: &writer)
    writer.endRow()
  }

  /// What was written since the last time.
  package mutating func drain() -> [UInt8] {
    defer { writer.bytes.removeAll(keepingCapacity: true) }
    return writer.bytes
  }

  package static func bytes<Row: ReferenceRow>(_ rows: [Row]) -> [UInt8] {
    var writer = ReferenceWriter(Row.file)
    for row in rows { writer.write(row) }
    return writer.drain()
  }
}

extension ReferenceTables {
  /// One of the files as it is on disk.
  package func bytes(of file: ReferenceFile) -> [UInt8] {
    switch file {
    case .traders: ReferenceWriter.bytes(traders)
    case .trades: ReferenceWriter.bytes(trades)
    case .instruments: ReferenceWriter.bytes(instruments)
    case .prices: ReferenceWriter.bytes(prices)
    case .index: ReferenceWriter.bytes(index)
    case .news: ReferenceWriter.bytes(news)
    case .accounts: ReferenceWriter.bytes(accounts)
    case .links: ReferenceWriter.bytes(links)
    case .insiders: ReferenceWriter.bytes(insiders)
    case .restrictions: ReferenceWriter.bytes(restrictions)
    case .plans: ReferenceWriter.bytes(plans)
    case .exemptions: ReferenceWriter.bytes(exemptions)
    case .instructions: ReferenceWriter.bytes(instructions)
    }
  }
}
