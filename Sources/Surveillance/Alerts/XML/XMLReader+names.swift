extension XMLReader {
  /// A name with its prefix.
  struct Name: Equatable {
    var raw: ArraySlice<UInt8>
    var localStart: Int

    var local: String { String(decoding: raw[localStart...], as: UTF8.self) }
    /// As a message shows it.
    var shown: String { Self.shown(String(decoding: raw, as: UTF8.self)) }

    static func shown(_ text: String) -> String {
      let start = text.unicodeScalars.prefix(40)
      return start.endIndex == text.endIndex ? text : String(start) + "…"
    }

    static func == (left: Name, right: Name) -> Bool { left.raw == right.raw }
  }

  mutating func readName(_ what: String) throws(XMLError) -> Name {
    let start = index
    try readNamePart(what)
    var localStart = start
    if index < bytes.count, bytes[index] == XMLBytes.colon {
      index += 1
      localStart = index
      try readNamePart("a name behind its prefix")
    }
    return Name(raw: bytes[start..<index], localStart: localStart)
  }

  private mutating func readNamePart(_ what: String) throws(XMLError) {
    let start = index
    while index < bytes.count, let (scalar, length) = XMLCharacter.scalar(in: bytes, at: index),
      index == start ? XMLCharacter.startsName(scalar) : XMLCharacter.continuesName(scalar)
    {
      index += length
    }
    if index == start { throw XMLError(.expected(what), at: index) }
  }

  /// One of the five entities or a number of a character, as UTF-8.
  mutating func readReference() throws(XMLError) -> [UInt8] {
    let start = index
    guard start + 1 < bytes.count else { throw XMLError(.rawAmpersand, at: start) }
    if bytes[start + 1] == XMLBytes.hash { return try readCharacterReference() }
    index += 1
    guard let (first, _) = XMLCharacter.scalar(in: bytes, at: index), XMLCharacter.startsName(first) else {
      throw XMLError(.rawAmpersand, at: start)
    }
    let name = try readName("the name of an entity")
    guard index < bytes.count, bytes[index] == XMLBytes.semicolon else { throw XMLError(.rawAmpersand, at: start) }
    index += 1
    switch String(decoding: name.raw, as: UTF8.self) {
    case "amp": return [XMLBytes.ampersand]
    case "lt": return [XMLBytes.less]
    case "gt": return [XMLBytes.greater]
    case "quot": return [XMLBytes.quote]
    case "apos": return [XMLBytes.apostrophe]
    default: throw XMLError(.unknownEntity(name.shown), at: start)
    }
  }

  private mutating func readCharacterReference() throws(XMLError) -> [UInt8] {
    let start = index
    index += 2
    let isHexadecimal = index < bytes.count && bytes[index] == UInt8(ascii: "x")
    if isHexadecimal { index += 1 }
    let digits = index
    var value: UInt32 = 0
    while index < bytes.count, let digit = Self.digit(bytes[index], isHexadecimal: isHexadecimal) {
      // Beyond the last character the value stays where it is: more digits make it no smaller.
      if value <= 0x10FFFF { value = value * (isHexadecimal ? 16 : 10) + digit }
      index += 1
    }
    guard index > digits, index < bytes.count, bytes[index] == XMLBytes.semicolon else {
      throw XMLError(.rawAmpersand, at: start)
    }
    index += 1
    guard XMLCharacter.isAllowed(value), let scalar = Unicode.Scalar(value) else {
      throw XMLError(
        .characterReference(Name.shown(String(decoding: bytes[start..<index], as: UTF8.self))), at: start)
    }
    return Array(String(Character(scalar)).utf8)
  }

  private static func digit(_ byte: UInt8, isHexadecimal: Bool) -> UInt32? {
    switch byte {
    case 0x30...0x39: UInt32(byte - 0x30)
    case 0x41...0x46 where isHexadecimal: UInt32(byte - 0x37)
    case 0x61...0x66 where isHexadecimal: UInt32(byte - 0x57)
    default: nil
    }
  }
}
