extension JSONWriter {
  /// A value with its source text unchanged, white space and line breaks inside included.
  package mutating func raw(_ value: JSONValue) {
    append(checked: value.bytes)
  }

  /// A text that was checked when it was taken in: it is written unchanged and not looked at again.
  package mutating func raw(trusted text: [UInt8]) {
    append(checked: text[...])
  }

  /// A text that is not known to be JSON: it is checked first and then written unchanged, without the white space around
  /// it. Throws what ``JSONValue/init(parsing:limits:)-([UInt8],_)`` throws, and has then written nothing.
  package mutating func raw(checking bytes: [UInt8], limits: JSONLimits = .default) throws(JSONError) {
    raw(try JSONValue(parsing: bytes, limits: limits))
  }

  /// A value in this writer's own style. Numbers and strings keep their spelling; only the white space between the
  /// tokens changes, so that in the compact style the text is one line.
  package mutating func value(_ value: JSONValue) {
    switch value.kind {
    case .object: object { $0.appendMembers(of: value) }
    case .array: array { for element in value.elements { $0.value(element) } }
    case .null, .bool, .number, .string: raw(value)
    }
  }

  private mutating func appendMembers(of object: JSONValue) {
    let document = object.document
    var key = object.index + 1
    for _ in 0..<object.count {
      let node = document.nodes[key]
      beginKey()
      buffer.append(contentsOf: document.bytes[Int(node.start)..<Int(node.end)])
      endKey()
      value(JSONValue(document: document, index: key + 1))
      key = document.next(after: key + 1)
    }
  }

  private mutating func append(checked text: ArraySlice<UInt8>) {
    beginValue()
    buffer.append(contentsOf: text)
    endValue()
  }
}
