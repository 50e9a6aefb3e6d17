/// Where the lines of a text begin, so that each place in it is found without reading it again.
struct LineIndex {
  private var starts = [0]

  /// Lines end with LF, CR LF or CR, as they do for `JSONPosition`.
  init(_ bytes: [UInt8]) {
    let (lineFeed, carriageReturn) = (UInt8(ascii: "\n"), UInt8(ascii: "\r"))
    for (index, byte) in bytes.enumerated() {
      let isFollowedByLineFeed = index + 1 < bytes.count && bytes[index + 1] == lineFeed
      if byte == lineFeed || (byte == carriageReturn && !isFollowedByLineFeed) { starts.append(index + 1) }
    }
  }

  /// Counted from 1.
  func line(of offset: Int) -> Int {
    var (low, high) = (0, starts.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    return low + 1
  }
}
