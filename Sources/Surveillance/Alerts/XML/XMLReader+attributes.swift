extension XMLReader {
  /// What follows an element's name, with its `>` or `/>`.
  mutating func readAttributes(of start: Int) throws(XMLError) -> (attributes: [XMLAttribute], isEmpty: Bool) {
    var attributes: [XMLAttribute] = []
    var names: Set<ArraySlice<UInt8>> = []
    while true {
      let beforeSpaces = index
      skipSpaces()
      guard index < bytes.count else { throw unfinished("a tag", from: start) }
      switch bytes[index] {
      case XMLBytes.greater:
        index += 1
        return (attributes, false)
      case XMLBytes.slash:
        guard index + 1 < bytes.count else { throw unfinished("a tag", from: start) }
        guard bytes[index + 1] == XMLBytes.greater else { throw XMLError(.expected("`>`"), at: index + 1) }
        index += 2
        return (attributes, true)
      default: break
      }
      guard index > beforeSpaces else { throw XMLError(.expected("a space or `>`"), at: index) }
      let place = index
      try countNode(at: place)
      let (name, value) = try readAttribute(of: start)
      guard names.insert(name.raw).inserted else { throw XMLError(.duplicateAttribute(name.shown), at: place) }
      if !Self.declaresNamespace(name) { attributes.append(XMLAttribute(name: name.local, value: value)) }
    }
  }

  private static func declaresNamespace(_ name: Name) -> Bool {
    name.raw.elementsEqual("xmlns".utf8) || name.raw.starts(with: "xmlns:".utf8)
  }

  /// - Parameter start: of the tag.
  mutating func readAttribute(of start: Int) throws(XMLError) -> (name: Name, value: String) {
    let name = try readName("the name of an attribute, `>` or `/>`")
    skipSpaces()
    guard index < bytes.count else { throw unfinished("a tag", from: start) }
    guard bytes[index] == XMLBytes.equals else { throw XMLError(.expected("`=` and a value"), at: index) }
    index += 1
    skipSpaces()
    guard index < bytes.count else { throw unfinished("a tag", from: start) }
    let mark = bytes[index]
    guard mark == XMLBytes.quote || mark == XMLBytes.apostrophe else {
      throw XMLError(.expected("a quotation mark"), at: index)
    }
    index += 1
    var value: [UInt8] = []
    while index < bytes.count, bytes[index] != mark {
      switch bytes[index] {
      case XMLBytes.less: throw XMLError(.rawLessThan(attribute: name.shown), at: index)
      case XMLBytes.ampersand: value += try readReference()
      default:
        value.append(XMLBytes.isSpace(bytes[index]) ? XMLBytes.space : bytes[index])
        index += 1
      }
    }
    guard index < bytes.count else { throw unfinished("a tag", from: start) }
    index += 1
    return (name, String(decoding: value, as: UTF8.self))
  }
}
