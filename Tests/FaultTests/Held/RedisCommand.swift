/// A command on its way to Redis: its words, and the bytes that they came in.
struct RedisCommand: Sendable {
  let words: [[UInt8]]
  let bytes: [UInt8]

  /// One of its words has this in it.
  func says(_ text: String) -> Bool {
    let text = Array(text.utf8)
    return words.contains { $0.firstRange(of: text) != nil }
  }
}

/// Finds whole commands in what comes.
struct RedisCommandReader {
  private var bytes: [UInt8] = []

  mutating func take(_ more: [UInt8]) -> [RedisCommand] {
    bytes += more
    var commands: [RedisCommand] = []
    var start = 0
    while let (words, end) = words(from: start) {
      commands.append(RedisCommand(words: words, bytes: Array(bytes[start..<end])))
      start = end
    }
    bytes.removeFirst(start)
    return commands
  }

  /// Nil as long as not all of them are there.
  private func words(from start: Int) -> ([[UInt8]], end: Int)? {
    var place = start
    guard let count = number(behind: UInt8(ascii: "*"), &place) else { return nil }
    var words: [[UInt8]] = []
    for _ in 0..<count {
      guard let length = number(behind: UInt8(ascii: "$"), &place), place + length + 2 <= bytes.count else {
        return nil
      }
      words.append(Array(bytes[place..<place + length]))
      place += length + 2
    }
    return (words, place)
  }

  private func number(behind sign: UInt8, _ place: inout Int) -> Int? {
    guard place < bytes.count, bytes[place] == sign,
      let end = bytes[place...].firstIndex(of: UInt8(ascii: "\r")), end + 1 < bytes.count
    else { return nil }
    defer { place = end + 2 }
    return Int(String(decoding: bytes[(place + 1)..<end], as: UTF8.self))
  }
}
