/// A value inside a checked JSON text: the shared bytes and a place in them.
///
/// Reading the text makes one index and copies nothing. A string, an array or a number comes into being when it is
/// asked for, each time anew. A value keeps the whole text alive. Copying one is cheap; values may be used from any
/// thread.
package struct JSONValue: Sendable {
  package enum Kind: Sendable, Hashable {
    case null, bool, number, string, array, object
  }

  let document: JSONDocument
  let index: Int

  init(document: JSONDocument, index: Int) {
    self.document = document
    self.index = index
  }

  /// Checks the whole text (RFC 8259, strictly) and gives its value.
  ///
  /// Refused, with the offset: everything the grammar does not have, a byte order mark, bytes that are not UTF-8, lone
  /// surrogates, a key that occurs twice in one object, and texts beyond the limits. The time is linear in the length.
  package init(parsing bytes: [UInt8], limits: JSONLimits = .default) throws(JSONError) {
    let nodes = try JSONParser.index(bytes, limits: limits)
    self.init(document: JSONDocument(bytes: bytes, nodes: nodes), index: 0)
  }

  /// The same for a text that is already a string; its UTF-8 is copied once.
  package init(parsing text: String, limits: JSONLimits = .default) throws(JSONError) {
    try self.init(parsing: Array(text.utf8), limits: limits)
  }

  var node: JSONNode {
    document.nodes[index]
  }

  package var kind: Kind {
    switch node.kind {
    case .null: .null
    case .false, .true: .bool
    case .number: .number
    case .string: .string
    case .array: .array
    case .object: .object
    }
  }

  package var isNull: Bool {
    node.kind == .null
  }

  /// True or false, or nil when the value is no boolean.
  package var bool: Bool? {
    switch node.kind {
    case .true: true
    case .false: false
    default: nil
    }
  }
}

// MARK: - The source text

extension JSONValue {
  /// The value's own source text without the white space around it, byte for byte as it came in.
  package var bytes: ArraySlice<UInt8> {
    let node = node
    return document.bytes[Int(node.start)..<Int(node.end)]
  }

  /// The place of the value's first byte in the whole text.
  package var offset: Int {
    Int(node.start)
  }

  /// The line and the column of the value in the whole text, both counted from 1; see ``JSONPosition``. It counts from
  /// the beginning of the text each time.
  package var position: (line: Int, column: Int) {
    let position = JSONPosition(of: offset, in: document.bytes)
    return (position.line, position.column)
  }
}

extension JSONValue: CustomStringConvertible {
  /// The source text.
  package var description: String {
    String(decoding: bytes, as: UTF8.self)
  }
}
