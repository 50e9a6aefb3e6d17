/// Reads a file of XML into a tree: no document type, no entities of its own, nothing from outside, within limits.
///
/// What it accepts is well-formed, save that prefixes need not be declared: alerts are read by local names.
struct XMLReader {
  let bytes: [UInt8]
  let limits: XMLLimits
  var index = 0
  private var nodes = 0
  private var elements = 0
  private var open: [OpenElement] = []
  private var root: XMLElement?

  private struct OpenElement {
    var rawName: Name
    var element: XMLElement
    /// Its own characters as they stand, line ends aside.
    var text: [UInt8] = []
  }

  private init(_ bytes: [UInt8], _ limits: XMLLimits) {
    self.bytes = bytes
    self.limits = limits
  }

  static func read(_ bytes: [UInt8], limits: XMLLimits = .alert) throws(XMLError) -> XMLElement {
    var reader = XMLReader(bytes, limits)
    return try reader.read()
  }

  private mutating func read() throws(XMLError) -> XMLElement {
    try checkEncoding()
    try readDeclaration()
    try checkCharacters()
    while index < bytes.count {
      if bytes[index] == XMLBytes.less { try readMarkup() } else { try readText() }
    }
    if let last = open.last {
      throw XMLError(.unclosedElement(last.rawName.shown, line: line(of: last.element.offset)), at: bytes.count)
    }
    guard let root else { throw XMLError(.noRoot, at: bytes.count) }
    return root
  }

  private mutating func readMarkup() throws(XMLError) {
    guard index + 1 < bytes.count else { throw unfinished("a tag", from: index) }
    switch bytes[index + 1] {
    case XMLBytes.slash: try readEndTag()
    case XMLBytes.question: try readInstruction()
    case XMLBytes.exclamation:
      if isNext("<!--") {
        try readComment()
      } else if isNext("<![CDATA[") {
        try readCDATA()
      } else {
        let rest = bytes[(index + 2)...].prefix(7).map { $0 & 0xDF }
        throw XMLError(rest.elementsEqual("DOCTYPE".utf8) ? .documentType : .unknownMarkup, at: index)
      }
    default: try readStartTag()
    }
  }

  private mutating func readStartTag() throws(XMLError) {
    let start = index
    index += 1
    let name = try readName("the name of an element")
    if open.isEmpty, root != nil { throw XMLError(.secondRoot(name.shown), at: start) }
    guard open.count < limits.depth else { throw XMLError(.tooDeep(limit: limits.depth), at: start) }
    try countNode(at: start)
    let (attributes, isEmpty) = try readAttributes(of: start)
    let element = XMLElement(
      name: name.local, key: XMLElement.key(of: name.local), ordinal: elements, offset: start, attributes: attributes)
    elements += 1
    open.append(OpenElement(rawName: name, element: element))
    if isEmpty { close() }
  }

  private mutating func readEndTag() throws(XMLError) {
    let start = index
    index += 2
    let name = try readName("the name of an element")
    skipSpaces()
    guard let last = open.last else { throw XMLError(.strayEndTag(name.shown), at: start) }
    guard last.rawName == name else {
      let line = line(of: last.element.offset)
      throw XMLError(.mismatchedTag(name.shown, open: last.rawName.shown, line: line), at: start)
    }
    guard index < bytes.count else { throw unfinished("a tag", from: start) }
    guard bytes[index] == XMLBytes.greater else { throw XMLError(.expected("`>`"), at: index) }
    index += 1
    close()
  }

  private mutating func close() {
    guard var last = open.popLast() else { return }
    last.element.text = Self.tidy(last.text)
    if open.isEmpty {
      root = last.element
    } else {
      open[open.count - 1].element.children.append(last.element)
    }
  }

  // MARK: Text

  private mutating func readText() throws(XMLError) {
    if open.isEmpty {
      skipSpaces()
      guard index == bytes.count || bytes[index] == XMLBytes.less else {
        throw XMLError(.contentOutsideRoot, at: index)
      }
      return
    }
    let start = index
    var text: [UInt8] = []
    var hasMoreThanSpaces = false
    while index < bytes.count, bytes[index] != XMLBytes.less {
      let byte = bytes[index]
      hasMoreThanSpaces = hasMoreThanSpaces || !XMLBytes.isSpace(byte)
      switch byte {
      case XMLBytes.ampersand: text += try readReference()
      case XMLBytes.closingBracket where isNext("]]>"): throw XMLError(.endOfCDATAInText, at: index)
      default:
        text.append(byte)
        index += 1
      }
    }
    if hasMoreThanSpaces { try countNode(at: start) }
    open[open.count - 1].text += text
  }

  private mutating func readCDATA() throws(XMLError) {
    guard !open.isEmpty else { throw XMLError(.contentOutsideRoot, at: index) }
    try countNode(at: index)
    open[open.count - 1].text += try readUntil("]]>", from: "<![CDATA[", "CDATA")
  }

  /// Runs of spaces and line ends become one space, and none stays at either side.
  private static func tidy(_ text: [UInt8]) -> String {
    var tidied: [UInt8] = []
    tidied.reserveCapacity(text.count)
    var isAfterSpace = false
    for byte in text {
      if XMLBytes.isSpace(byte) {
        isAfterSpace = true
      } else {
        if isAfterSpace, !tidied.isEmpty { tidied.append(XMLBytes.space) }
        isAfterSpace = false
        tidied.append(byte)
      }
    }
    return String(decoding: tidied, as: UTF8.self)
  }

  // MARK: What all of it needs

  mutating func countNode(at offset: Int) throws(XMLError) {
    nodes += 1
    if nodes > limits.nodes { throw XMLError(.tooManyNodes(limit: limits.nodes), at: offset) }
  }

  func isNext(_ text: String) -> Bool {
    var place = index
    for byte in text.utf8 {
      guard place < bytes.count, bytes[place] == byte else { return false }
      place += 1
    }
    return true
  }

  mutating func skipSpaces() { while index < bytes.count, XMLBytes.isSpace(bytes[index]) { index += 1 } }

  func line(of offset: Int) -> Int { TextPlaces(Array(bytes[..<offset])).line(of: offset) }

  func unfinished(_ what: String, from start: Int) -> XMLError {
    XMLError(.unfinished(what, line: line(of: start)), at: bytes.count)
  }

  /// What stands before `end`; both marks are passed.
  mutating func readUntil(_ end: String, from beginning: String, _ what: String) throws(XMLError) -> ArraySlice<UInt8> {
    let start = index
    index += beginning.utf8.count
    let content = index
    while index < bytes.count {
      if isNext(end) {
        defer { index += end.utf8.count }
        return bytes[content..<index]
      }
      index += 1
    }
    throw unfinished(what, from: start)
  }
}
