/// Many short texts behind each other in one piece of memory: a million of them cost what their letters cost, and four bytes each.
struct TextColumn: Sendable {
  private var bytes: [UInt8] = []
  private var ends: [UInt32] = []

  var count: Int { ends.count }

  mutating func append(_ text: ArraySlice<UInt8>) {
    bytes.append(contentsOf: text)
    ends.append(UInt32(bytes.count))
  }

  func text(_ row: Int) -> String { String(decoding: bytes[range(row)], as: UTF8.self) }

  func equals(_ row: Int, _ text: ArraySlice<UInt8>) -> Bool {
    let range = range(row)
    guard range.count == text.count else { return false }
    var index = text.startIndex
    for own in range {
      guard bytes[own] == text[index] else { return false }
      index += 1
    }
    return true
  }

  /// By their bytes.
  func isBefore(_ left: Int, _ right: Int) -> Bool {
    bytes[range(left)].lexicographicallyPrecedes(bytes[range(right)])
  }

  func hash(_ row: Int) -> Int { Self.hash(bytes[range(row)]) }

  /// Seeded by the process, so that nobody can choose texts that collide; nothing that is kept or shown depends on it.
  static func hash(_ text: ArraySlice<UInt8>) -> Int {
    var hasher = Hasher()
    var word: UInt64 = 0
    var count = 0
    for byte in text {
      word = word << 8 | UInt64(byte)
      count += 1
      if count % 8 == 0 {
        hasher.combine(word)
        word = 0
      }
    }
    hasher.combine(word)
    hasher.combine(count)
    return hasher.finalize()
  }

  private func range(_ row: Int) -> Range<Int> { (row == 0 ? 0 : Int(ends[row - 1]))..<Int(ends[row]) }
}
