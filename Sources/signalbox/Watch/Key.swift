/// What somebody presses.
enum Key: Sendable, Equatable {
  case character(Character)
  case enter
  case escape
  case backspace
  case up
  case down
  case pageUp
  case pageDown
  case home
  case end
  /// Ctrl-C, or Ctrl-D: out.
  case interrupt
  /// Ctrl-U: the line from its beginning.
  case eraseLine
}

/// Keys out of the bytes of a terminal, which come as they come: a character or a sequence may be cut anywhere between two reads.
struct KeyReader: Sendable {
  private var rest: [UInt8] = []

  private static let sequences: [(String, Key)] = [
    ("[A", .up), ("[B", .down), ("OA", .up), ("OB", .down), ("[5~", .pageUp), ("[6~", .pageDown), ("[H", .home),
    ("[F", .end), ("OH", .home), ("OF", .end), ("[1~", .home), ("[4~", .end),
  ]

  mutating func read(_ bytes: [UInt8]) -> [Key] {
    var input = (rest + bytes)[...]
    rest = []
    var keys: [Key] = []
    while let byte = input.first {
      if byte == 0x1B {
        guard let key = Self.escape(&input) else {
          rest = Array(input)
          return keys
        }
        keys += key
      } else if byte < 0x20 || byte == 0x7F {
        input.removeFirst()
        if let key = Self.control(byte) { keys.append(key) }
      } else {
        let length = Self.length(byte)
        guard input.count >= length else {
          rest = Array(input)
          return keys
        }
        let text = String(decoding: input.prefix(length), as: UTF8.self)
        input = input.dropFirst(length)
        keys += text.map { .character($0) }
      }
    }
    return keys
  }

  /// The keys of a sequence, none for one that is not known; nil where more of it is to come.
  private static func escape(_ input: inout ArraySlice<UInt8>) -> [Key]? {
    let body = input.dropFirst()
    guard let first = body.first else {
      // Alone: whoever pressed it waits for nothing more.
      input = []
      return [.escape]
    }
    guard first == UInt8(ascii: "[") || first == UInt8(ascii: "O") else {
      input = body
      return [.escape]
    }
    guard let end = body.dropFirst().firstIndex(where: { (0x40...0x7E).contains($0) }) else {
      return body.count > 16
        ? {
          input = []; return []
        }() : nil
    }
    let text = String(decoding: body[...end], as: UTF8.self)
    input = body[(end + 1)...]
    return sequences.first { $0.0 == text }.map { [$0.1] } ?? []
  }

  private static func control(_ byte: UInt8) -> Key? {
    switch byte {
    case 0x03, 0x04: .interrupt
    case 0x08, 0x7F: .backspace
    case 0x0A, 0x0D: .enter
    case 0x15: .eraseLine
    default: nil
    }
  }

  private static func length(_ byte: UInt8) -> Int {
    switch byte {
    case 0xC0...0xDF: 2
    case 0xE0...0xEF: 3
    case 0xF0...0xF7: 4
    default: 1
    }
  }
}
