extension XMLReader {
  /// What the first bytes say of the encoding, and the length.
  mutating func checkEncoding() throws(XMLError) {
    if let name = Self.otherEncoding(bytes) { throw XMLError(.encoding(name), at: 0) }
    if bytes.count > limits.bytes { throw XMLError(.tooLong(limit: limits.bytes), at: limits.bytes) }
    if bytes.starts(with: XMLBytes.byteOrderMark) { index = XMLBytes.byteOrderMark.count }
    if index == bytes.count { throw XMLError(.empty, at: index) }
  }

  /// The name of an encoding that shows in the first four bytes, be it by its mark or by a `<` with its zeros.
  private static func otherEncoding(_ bytes: [UInt8]) -> String? {
    let start = Array(bytes.prefix(4))
    if start == [0xFF, 0xFE, 0, 0] || start == [0x3C, 0, 0, 0] { return "UTF-32 (little-endian)" }
    if start == [0, 0, 0xFE, 0xFF] || start == [0, 0, 0, 0x3C] { return "UTF-32 (big-endian)" }
    if start.starts(with: [0xFF, 0xFE]) { return "UTF-16 (little-endian)" }
    if start.starts(with: [0xFE, 0xFF]) { return "UTF-16 (big-endian)" }
    guard start.count == 4 else { return nil }
    if start[0] == 0x3C, start[1] == 0, start[3] == 0 { return "UTF-16 (little-endian)" }
    if start[0] == 0, start[1] == 0x3C, start[2] == 0 { return "UTF-16 (big-endian)" }
    return nil
  }

  /// Every byte belongs to a character that XML allows. After this no other part has to ask.
  func checkCharacters() throws(XMLError) {
    var index = 0
    while index < bytes.count {
      // Most bytes are plain letters and marks.
      if bytes[index] >= 0x20, bytes[index] < 0x80 {
        index += 1
        continue
      }
      guard let (scalar, length) = XMLCharacter.scalar(in: bytes, at: index) else {
        throw XMLError(.notUTF8, at: index)
      }
      guard XMLCharacter.isAllowed(scalar) else { throw XMLError(.forbiddenCharacter(scalar), at: index) }
      index += length
    }
  }
}
