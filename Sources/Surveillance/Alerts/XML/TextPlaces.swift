/// Where bytes stand in a text, as editors name the place.
struct TextPlaces: Sendable {
  private let bytes: [UInt8]
  private let lineStarts: [Int]

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    // The mark at the start is no column.
    var starts = [bytes.starts(with: XMLBytes.byteOrderMark) ? XMLBytes.byteOrderMark.count : 0]
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      let isBeforeLineFeed = index < bytes.count && bytes[index] == XMLBytes.lineFeed
      if byte == XMLBytes.lineFeed || (byte == XMLBytes.carriageReturn && !isBeforeLineFeed) { starts.append(index) }
    }
    lineStarts = starts
  }

  /// Counted from 1. Lines end with LF, CR LF or CR.
  func line(of offset: Int) -> Int {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low + 1
  }

  /// Counted from 1, in Unicode scalars: a character of several bytes is one column.
  func column(of offset: Int) -> Int {
    let start = lineStarts[line(of: offset) - 1]
    let end = min(offset, bytes.count)
    guard start < end else { return 1 }
    return 1 + bytes[start..<end].reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }
  }
}
