import TestSupport

/// Ways to hand over the same bytes in pieces.
enum Cuts {
  /// All of them: two to the power of one less than the length.
  static func all(_ bytes: [UInt8]) -> [[[UInt8]]] {
    guard bytes.count > 1 else { return [[bytes]] }
    return (0..<1 << (bytes.count - 1)).map { borders in
      var pieces: [[UInt8]] = [[bytes[0]]]
      for index in 1..<bytes.count {
        if borders >> (index - 1) & 1 == 1 { pieces.append([]) }
        pieces[pieces.count - 1].append(bytes[index])
      }
      return pieces
    }
  }

  static func oneByOne(_ bytes: [UInt8]) -> [[UInt8]] { bytes.map { [$0] } }

  static func random(_ bytes: [UInt8], upTo longest: Int, using random: inout SeededRandom) -> [[UInt8]] {
    var pieces: [[UInt8]] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      let piece = rest.prefix(Int.random(in: 1...longest, using: &random))
      rest = rest.dropFirst(piece.count)
      pieces.append(Array(piece))
    }
    return pieces
  }
}
