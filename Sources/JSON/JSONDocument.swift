/// A checked text and its index, shared by all values that were taken from it.
final class JSONDocument: Sendable {
  let bytes: [UInt8]
  let nodes: [JSONNode]

  init(bytes: [UInt8], nodes: [JSONNode]) {
    self.bytes = bytes
    self.nodes = nodes
  }

  /// The index of the node behind the value at `index`.
  func next(after index: Int) -> Int {
    let node = nodes[index]
    return node.isContainer ? Int(node.link) : index + 1
  }

  /// The index of a member's value, or nil when the object has no such key.
  func value(ofMember key: Span<UInt8>, inObjectAt object: Int) -> Int? {
    let nodes = nodes
    var member = object &+ 1
    for _ in 0..<nodes[object].count {
      if reads(nodes[member], as: key) { return member &+ 1 }
      let value = nodes[member &+ 1]
      member = value.isContainer ? Int(value.link) : member &+ 2
    }
    return nil
  }

  /// The text of a string or a key.
  func string(of node: JSONNode) -> String {
    node.hasEscapes
      ? String(decoding: JSONEscape.decode(bytes[node.content]), as: UTF8.self)
      : String(decoding: bytes[node.content], as: UTF8.self)
  }

  /// Whether a string or a key is spelled with or without escapes so that it reads as these bytes.
  func reads(_ node: JSONNode, as expected: Span<UInt8>) -> Bool {
    if node.hasEscapes {
      let decoded = JSONEscape.decode(bytes[node.content])
      return decoded.count == expected.count && Self.starts(decoded, at: 0, with: expected)
    }
    let content = node.content
    return content.count == expected.count && Self.starts(bytes, at: content.lowerBound, with: expected)
  }

  /// Whether `text` goes on with `expected` at `start`; the caller has made sure that it is long enough.
  private static func starts(_ text: [UInt8], at start: Int, with expected: Span<UInt8>) -> Bool {
    for index in expected.indices where text[start &+ index] != expected[index] {
      return false
    }
    return true
  }
}
