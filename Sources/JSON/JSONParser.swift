/// Reads a text once, strictly, and notes where its values lie.
///
/// It is a loop over what may come next, not a recursion, so that nesting costs no stack. Strings and numbers are
/// checked where they lie; nothing is decoded except keys that are spelled with escapes.
struct JSONParser {
  /// What may come next.
  enum Expectation {
    case value
    case elementOrBracket
    case key
    case keyOrBrace
    case separatorOrClose
    case end
  }

  let bytes: [UInt8]
  let limits: JSONLimits
  var nodes: [JSONNode] = []

  /// The next byte to read.
  var position = 0

  /// The innermost open array or object, and whether it is an object.
  private var container: Int?
  private var containerIsObject = false
  private var depth = 0
  private var values = 0

  /// The index of a whole text; throws for the first thing in it that is not strict JSON within the limits.
  ///
  /// Duplicate keys are looked for when their object closes, so an error inside the object is found first.
  static func index(_ bytes: [UInt8], limits: JSONLimits) throws(JSONError) -> [JSONNode] {
    guard bytes.count <= limits.maxBytes else {
      throw JSONError(.tooLarge, at: limits.maxBytes, detail: "\(bytes.count) bytes, at most \(limits.maxBytes)")
    }
    var parser = JSONParser(bytes: bytes, limits: limits)
    try parser.parse(bytes.span)
    return parser.nodes
  }

  private init(bytes: [UInt8], limits: JSONLimits) {
    self.bytes = bytes
    self.limits = limits
    // A usual event has one node for each nine to twelve bytes. A text of long strings must not reserve in vain.
    nodes.reserveCapacity(min(bytes.count / 9 + 2, 1024))
  }

  private mutating func parse(_ text: Span<UInt8>) throws(JSONError) {
    guard text.count < 3 || text[0] != 0xEF || text[1] != 0xBB || text[2] != 0xBF else {
      throw JSONError(.byteOrderMark, at: 0)
    }
    var expectation = Expectation.value
    while true {
      skipWhiteSpace(text)
      guard position < text.count else {
        guard case .end = expectation else { throw JSONError(.unexpectedEnd, at: text.count) }
        return
      }
      let byte = text[position]
      switch expectation {
      case .value:
        expectation = try readValue(byte, text)
      case .elementOrBracket:
        expectation = byte == ASCII.rightBracket ? try closeContainer(text) : try readValue(byte, text)
      case .key:
        expectation = try readKey(byte, text)
      case .keyOrBrace:
        expectation = byte == ASCII.rightBrace ? try closeContainer(text) : try readKey(byte, text)
      case .separatorOrClose:
        expectation = try readSeparatorOrClose(byte, text)
      case .end:
        throw unexpected(byte, .trailingContent)
      }
    }
  }
}

// MARK: - Values

extension JSONParser {
  private mutating func readValue(_ byte: UInt8, _ text: Span<UInt8>) throws(JSONError) -> Expectation {
    guard values < limits.maxValues else {
      throw JSONError(.tooManyValues, at: position, detail: "at most \(limits.maxValues)")
    }
    values &+= 1
    if let container { nodes[container].addOne() }
    switch byte {
    case ASCII.quote:
      let start = position
      let hasEscapes = try scanString(text)
      nodes.append(JSONNode(.string, start: start, end: position, hasEscapes: hasEscapes))
    case ASCII.leftBrace:
      try openContainer(.object)
      return .keyOrBrace
    case ASCII.leftBracket:
      try openContainer(.array)
      return .elementOrBracket
    case ASCII.minus, ASCII.zero...ASCII.nine:
      let start = position
      try scanNumber(text)
      nodes.append(JSONNode(.number, start: start, end: position))
    case ASCII.t:
      try readLiteral("true", .true, text)
    case ASCII.f:
      try readLiteral("false", .false, text)
    case ASCII.n:
      try readLiteral("null", .null, text)
    default:
      throw unexpected(byte, .expectedValue)
    }
    return container == nil ? .end : .separatorOrClose
  }

  private mutating func readLiteral(
    _ literal: String, _ kind: JSONNode.Kind, _ text: Span<UInt8>
  ) throws(JSONError) {
    let start = position
    for expected in literal.utf8 {
      guard position < text.count else { throw JSONError(.unexpectedEnd, at: text.count) }
      guard text[position] == expected else { throw unexpected(text[position], .invalidLiteral) }
      position &+= 1
    }
    nodes.append(JSONNode(kind, start: start, end: position))
  }
}

// MARK: - Arrays and objects

extension JSONParser {
  private mutating func openContainer(_ kind: JSONNode.Kind) throws(JSONError) {
    guard depth < limits.maxDepth else {
      throw JSONError(.tooDeep, at: position, detail: "at most \(limits.maxDepth) levels")
    }
    depth &+= 1
    // An open container is its own parent when there is none around it: the root needs no other mark.
    let index = nodes.count
    nodes.append(JSONNode(kind, start: position, end: position, link: UInt32(container ?? index)))
    container = index
    containerIsObject = kind == .object
    position &+= 1
  }

  private mutating func closeContainer(_ text: Span<UInt8>) throws(JSONError) -> Expectation {
    guard let index = container else { preconditionFailure("Only an open container can be closed.") }
    if containerIsObject { try refuseDuplicateKeys(ofObjectAt: index, text) }
    position &+= 1
    depth &-= 1
    let parent = Int(nodes[index].link)
    nodes[index].end = UInt32(position)
    nodes[index].link = UInt32(nodes.count)
    guard parent != index else {
      container = nil
      return .end
    }
    container = parent
    containerIsObject = nodes[parent].kind == .object
    return .separatorOrClose
  }

  private mutating func readSeparatorOrClose(_ byte: UInt8, _ text: Span<UInt8>) throws(JSONError) -> Expectation {
    if byte == ASCII.comma {
      position &+= 1
      return containerIsObject ? .key : .value
    }
    if byte == (containerIsObject ? ASCII.rightBrace : ASCII.rightBracket) {
      return try closeContainer(text)
    }
    throw unexpected(byte, containerIsObject ? .expectedCommaOrBrace : .expectedCommaOrBracket)
  }

  private mutating func readKey(_ byte: UInt8, _ text: Span<UInt8>) throws(JSONError) -> Expectation {
    guard byte == ASCII.quote else { throw unexpected(byte, .expectedKey) }
    let start = position
    let hasEscapes = try scanString(text)
    if hasEscapes, let container { nodes[container].markEscapes() }
    let fingerprint = Self.fingerprint(ofKeyIn: start + 1..<position - 1, text)
    nodes.append(JSONNode(.string, start: start, end: position, link: fingerprint, hasEscapes: hasEscapes))
    skipWhiteSpace(text)
    guard position < text.count else { throw JSONError(.unexpectedEnd, at: text.count) }
    guard text[position] == ASCII.colon else { throw unexpected(text[position], .expectedColon) }
    position &+= 1
    return .value
  }
}

// MARK: - Between the tokens

extension JSONParser {
  mutating func skipWhiteSpace(_ text: Span<UInt8>) {
    while position < text.count {
      switch text[position] {
      case ASCII.space, ASCII.lineFeed, ASCII.carriageReturn, ASCII.tab: position &+= 1
      default: return
      }
    }
  }

  func unexpected(_ byte: UInt8, _ reason: JSONError.Reason) -> JSONError {
    JSONError(reason, at: position, detail: "found \(JSONError.name(of: byte))")
  }
}
