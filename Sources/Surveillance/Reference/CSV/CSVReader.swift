/// Reads comma separated values after RFC 4180 from chunks of bytes, wherever these are cut. It is strict, because what is read
/// leniently is read wrongly by somebody: an error says where and why.
///
///     var index = 0
///     while try reader.next(chunk, &index) { use(reader.row) }
struct CSVReader {
  static let longestField = 64 * 1_024
  static let longestRow = 1_024 * 1_024
  static let mostFields = 256

  private enum State {
    /// So many bytes of a byte order mark have come.
    case fileStart(matched: Int)
    case fieldStart
    case unquoted
    case quoted
    /// Behind a quote that closes the field, unless another quote follows it.
    case quoteInQuoted
    case carriageReturn
  }

  let file: ReferenceFile
  private(set) var row = CSVRow()
  private var isRowComplete = false
  private var state = State.fileStart(matched: 0)
  private var utf8 = UTF8Check()
  /// Of the next byte.
  private var place = ReferenceError.Place(line: 1, column: 1)
  private var fieldPlace = ReferenceError.Place(line: 1, column: 1)
  /// With all quotes and commas.
  private var rowLength = 0

  init(_ file: ReferenceFile) { self.file = file }

  /// - Returns: true with a row in `row`, and `index` behind it; false when the chunk is used up.
  mutating func next(_ chunk: [UInt8], _ index: inout Int) throws(ReferenceError) -> Bool {
    if isRowComplete {
      row.clear()
      rowLength = 0
      isRowComplete = false
    }
    while index < chunk.count {
      try takePlain(chunk, &index)
      guard index < chunk.count else { break }
      try take(chunk[index])
      index += 1
      if isRowComplete { return true }
    }
    return false
  }

  /// The file ends here.
  /// - Returns: true with the last row in `row`, where its line has no end.
  mutating func end() throws(ReferenceError) -> Bool {
    if isRowComplete {
      row.clear()
      isRowComplete = false
    }
    guard !utf8.isInside else { throw brokenEncoding }
    switch state {
    case .fileStart(let matched): if matched > 0 { throw brokenMark }
    case .fieldStart: if !row.fields.isEmpty { try endRow() }
    case .unquoted, .quoteInQuoted: try endRow()
    case .quoted:
      throw error(
        at: fieldPlace, "The file ends inside the quoted field that begins here.",
        "Close the field with a quote, or see whether the file was cut off.")
    case .carriageReturn: throw loneCarriageReturn
    }
    return isRowComplete
  }

  /// Takes as many bytes at once as need no thought.
  private mutating func takePlain(_ chunk: [UInt8], _ index: inout Int) throws(ReferenceError) {
    guard !utf8.isInside else { return }
    let start = index
    switch state {
    case .fieldStart, .unquoted: while index < chunk.count, chunk[index].isPlain, chunk[index] != .comma { index += 1 }
    case .quoted: while index < chunk.count, chunk[index].isPlain { index += 1 }
    case .fileStart, .quoteInQuoted, .carriageReturn: return
    }
    guard index > start else { return }
    beginUnquoted()
    try makeRoom(index - start)
    row.bytes.append(contentsOf: chunk[start..<index])
    place.column += index - start
  }

  private mutating func take(_ byte: UInt8) throws(ReferenceError) {
    if byte < 0x20 || byte == 0x7F { try checkControl(byte) }
    switch state {
    case .fileStart(let matched):
      if byte == UInt8.byteOrderMark[matched] {
        state = matched == 2 ? .fieldStart : .fileStart(matched: matched + 1)
        return
      }
      guard matched == 0 else { throw brokenMark }
      state = .fieldStart
      try take(byte)
      return
    case .fieldStart, .unquoted: try takeUnquoted(byte)
    case .quoted: try takeQuoted(byte)
    case .quoteInQuoted: try takeBehindQuote(byte)
    case .carriageReturn:
      guard byte == .lineFeed else { throw loneCarriageReturn }
      try endRow()
    }
    if byte == .lineFeed {
      place = ReferenceError.Place(line: place.line + 1, column: 1)
    } else if byte & 0xC0 != 0x80 {
      place.column += 1
    }
    if case .fieldStart = state { fieldPlace = place }
  }

  private mutating func takeUnquoted(_ byte: UInt8) throws(ReferenceError) {
    if utf8.isInside { return try append(byte) }
    switch byte {
    case .comma: try endField()
    case .lineFeed: try endRow()
    case .carriageReturn: state = .carriageReturn
    case .quote:
      guard case .fieldStart = state else {
        throw error(
          at: place, "A quote stands in the middle of a field.",
          "Put the whole field into quotes, and write the quote inside it twice.")
      }
      state = .quoted
    default:
      beginUnquoted()
      try append(byte)
    }
  }

  private mutating func takeQuoted(_ byte: UInt8) throws(ReferenceError) {
    if byte == .quote, !utf8.isInside {
      state = .quoteInQuoted
    } else {
      try append(byte)
    }
  }

  private mutating func takeBehindQuote(_ byte: UInt8) throws(ReferenceError) {
    switch byte {
    case .quote:
      state = .quoted
      try append(byte)
    case .comma: try endField()
    case .lineFeed: try endRow()
    case .carriageReturn: state = .carriageReturn
    default:
      throw error(
        at: place, "Something follows the quote that closes the field.",
        "Put a comma or the end of the line behind it, or write a quote inside the field twice.")
    }
  }

  private mutating func beginUnquoted() {
    if case .fieldStart = state { state = .unquoted }
  }

  private mutating func append(_ byte: UInt8) throws(ReferenceError) {
    guard utf8.take(byte) else { throw brokenEncoding }
    try makeRoom(1)
    row.bytes.append(byte)
  }

  private mutating func endField() throws(ReferenceError) {
    try makeRoom(0)
    rowLength += 1
    guard row.count < Self.mostFields else {
      throw error(
        at: fieldPlace, "The row has more than \(Self.mostFields) fields.",
        "See whether the end of a line is missing.")
    }
    row.fields.append(CSVRow.Field(end: row.bytes.count, place: fieldPlace))
    state = .fieldStart
  }

  private mutating func endRow() throws(ReferenceError) {
    try endField()
    isRowComplete = true
  }

  /// Before bytes are kept, so that a line without end costs nothing.
  private mutating func makeRoom(_ count: Int) throws(ReferenceError) {
    rowLength += count
    guard row.bytes.count - (row.fields.last?.end ?? 0) + count <= Self.longestField else {
      throw error(
        at: fieldPlace, "The field is longer than \(Self.longestField) bytes.",
        "Shorten it, or see whether a quote or the end of a line is missing.")
    }
    guard rowLength <= Self.longestRow else {
      throw error(
        at: fieldPlace, "The row is longer than \(Self.longestRow) bytes.",
        "Shorten it, or see whether the end of a line is missing.")
    }
  }

  private func checkControl(_ byte: UInt8) throws(ReferenceError) {
    guard byte != .lineFeed, byte != .carriageReturn, byte != .tab else { return }
    throw error(
      at: place, "A control character (0x\(byte < 16 ? "0" : "")\(String(byte, radix: 16))) stands here.",
      "Remove it, and see whether the file is text in UTF-8.")
  }

  private var loneCarriageReturn: ReferenceError {
    error(
      at: place, "A carriage return stands before this without a line feed.",
      "End lines with a line feed, or with both, or put the field into quotes.")
  }

  private var brokenEncoding: ReferenceError {
    error(at: place, "The bytes here are not UTF-8.", "Save the file in UTF-8.")
  }

  private var brokenMark: ReferenceError {
    error(at: place, "The file begins with half a byte order mark.", "Save the file in UTF-8, without the mark.")
  }

  private func error(at place: ReferenceError.Place, _ cause: String, _ advice: String) -> ReferenceError {
    ReferenceError(file, at: place, cause: cause, advice: advice)
  }
}

extension UInt8 {
  static let comma = UInt8(ascii: ",")
  static let quote = UInt8(ascii: "\"")
  static let lineFeed = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")
  fileprivate static let tab = UInt8(ascii: "\t")
  fileprivate static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// It stands for itself wherever it is, save for the comma.
  fileprivate var isPlain: Bool { self >= 0x20 && self < 0x7F && self != .quote }
}
