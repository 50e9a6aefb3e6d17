/// Makes reference data from the bytes of its files. Whoever has the files feeds it, in any order and in pieces of any size:
///
///     try loader.begin(.news)
///     while let chunk = file.read() { try loader.take(chunk) }
///     try loader.end()
///     let reference = try loader.finish()
///
/// After an error it is of no use any more.
package struct ReferenceLoader: Sendable {
  /// A file that is being read.
  private struct Open {
    var reader: CSVReader
    /// Nil before the header.
    var order: ColumnOrder?
    var rowCount = 0
    /// The line of each key.
    var keys: [String: Int] = [:]
  }

  /// More than agents can need, and few enough that memory stays bounded.
  package static let mostRows = 4_000_000

  private var open: Open?
  private var ended: Set<ReferenceFile> = []
  private var tables = ReferenceTables()
  private var trades = TradeReader()
  private var uses = ReferenceUses()

  package init() {}

  package mutating func begin(_ file: ReferenceFile) throws(ReferenceError) {
    precondition(open == nil, "A file begins before the end of another.")
    guard !ended.contains(file) else {
      throw ReferenceError(file, cause: "The file is given twice.", advice: "Leave one of the two out.")
    }
    open = Open(reader: CSVReader(file))
  }

  package mutating func take(_ chunk: [UInt8]) throws(ReferenceError) {
    guard var open = self.open else { preconditionFailure("Bytes come outside of a file.") }
    // It has to be alone with its buffers, or they are copied for each chunk.
    self.open = nil
    var index = 0
    while try open.reader.next(chunk, &index) { try takeRow(&open) }
    self.open = open
  }

  package mutating func end() throws(ReferenceError) {
    guard var open = self.open else { preconditionFailure("A file ends that did not begin.") }
    self.open = nil
    if try open.reader.end() { try takeRow(&open) }
    let file = open.reader.file
    guard open.order != nil else {
      throw ReferenceError(
        file, cause: "The file is empty.",
        advice: "Its first line names the columns: \(file.columns.joined(separator: ",")).")
    }
    if file == .trades { trades.end() }
    ended.insert(file)
  }

  /// All files have to be there.
  package consuming func finish() throws(ReferenceError) -> ReferenceData {
    precondition(open == nil, "A file has not ended.")
    let missing = ReferenceFile.allCases.filter { !ended.contains($0) }
    if let first = missing.first {
      let names = missing.map(\.name).joined(separator: ", ")
      throw ReferenceError(
        first, cause: missing.count == 1 ? "The file is missing." : "These files are missing: \(names).",
        advice: "Run signalbox reference generate to make all of them, or put \(missing.count == 1 ? "it" : "them")"
          + " beside the others.")
    }
    try uses.check([
      .trader: Set(tables.traders.map(\.id)), .account: Set(tables.accounts.map(\.id)),
      .instrument: Set(tables.instruments.map(\.symbol)), .owner: Set(tables.accounts.map(\.ownerID)),
    ])
    let columns = trades.columns
    trades = TradeReader()
    return ReferenceData(tables, columns)
  }

  private mutating func takeRow(_ open: inout Open) throws(ReferenceError) {
    let file = open.reader.file
    guard let order = open.order else {
      open.order = try ColumnOrder(open.reader.row, file)
      return
    }
    var row = try ContractRow(open.reader.row, order, file)
    open.rowCount += 1
    guard open.rowCount <= Self.mostRows else {
      throw ReferenceError(
        file, at: row.start, cause: "The file has more than \(Digits.grouped(Self.mostRows)) rows.",
        advice: "Leave out what is older than the alerts need.")
    }
    switch file {
    case .traders: tables.traders.append(try read(&row, &open.keys))
    case .trades: try trades.take(&row, &uses)
    case .instruments: tables.instruments.append(try read(&row, &open.keys))
    case .prices: tables.prices.append(try read(&row, &open.keys))
    case .index: tables.index.append(try read(&row, &open.keys))
    case .news: tables.news.append(try read(&row, &open.keys))
    case .accounts: tables.accounts.append(try read(&row, &open.keys))
    case .links: tables.links.append(try read(&row, &open.keys))
    case .insiders: tables.insiders.append(try read(&row, &open.keys))
    case .restrictions: tables.restrictions.append(try read(&row, &open.keys))
    case .plans: tables.plans.append(try read(&row, &open.keys))
    case .exemptions: tables.exemptions.append(try read(&row, &open.keys))
    case .instructions: tables.instructions.append(try read(&row, &open.keys))
    }
  }

  private mutating func read<Row: ReadableRow>(
    _ row: inout ContractRow, _ keys: inout [String: Int]
  ) throws(ReferenceError) -> Row {
    let value = try Row(&row)
    if let line = keys.updateValue(row.start.line, forKey: value.key) {
      throw ReferenceError(
        row.file, at: row.start, cause: "Line \(line) is about \(ReferenceError.shown(value.key.utf8)) already.",
        advice: "Keep one of the two.")
    }
    for use in row.references { uses.add(use) }
    return value
  }
}
