extension JSONValue {
  /// How many elements or members the value has; 0 when it is neither an array nor an object.
  package var count: Int {
    let node = node
    return node.isContainer ? node.count : 0
  }

  /// The member with this key, compared byte for byte in UTF-8; nil when there is none or the value is no object.
  ///
  /// It looks at one member after another. To take in all members of a large object, walk ``members`` once.
  package subscript(key: String) -> JSONValue? {
    let node = node
    guard node.kind == .object else { return nil }
    guard let value = document.value(ofMember: key.utf8.span, inObjectAt: index) else { return nil }
    return JSONValue(document: document, index: value)
  }

  /// The element with this index; nil when there is none or the value is no array. Elements before it are stepped over
  /// one by one; to read all, walk ``elements``.
  package subscript(position: Int) -> JSONValue? {
    let node = node
    guard node.kind == .array, position >= 0, position < node.count else { return nil }
    var element = index + 1
    for _ in 0..<position { element = document.next(after: element) }
    return JSONValue(document: document, index: element)
  }

  /// The members in source order; empty when the value is no object.
  package var members: JSONMembers {
    JSONMembers(object: self)
  }

  /// The elements in source order; empty when the value is no array.
  package var elements: JSONElements {
    JSONElements(array: self)
  }
}

/// The members of an object in source order. A key becomes a `String` when the walk reaches it.
package struct JSONMembers: Sequence, Sendable {
  let object: JSONValue

  package var underestimatedCount: Int {
    object.kind == .object ? object.count : 0
  }

  package func makeIterator() -> Iterator {
    Iterator(document: object.document, node: object.index + 1, remaining: underestimatedCount)
  }

  package struct Iterator: IteratorProtocol {
    let document: JSONDocument
    var node: Int
    var remaining: Int

    package mutating func next() -> (key: String, value: JSONValue)? {
      guard remaining > 0 else { return nil }
      remaining -= 1
      let key = document.nodes[node]
      let value = JSONValue(document: document, index: node + 1)
      node = document.next(after: node + 1)
      return (document.string(of: key), value)
    }
  }
}

/// The elements of an array in source order.
package struct JSONElements: Sequence, Sendable {
  let array: JSONValue

  package var underestimatedCount: Int {
    array.kind == .array ? array.count : 0
  }

  package func makeIterator() -> Iterator {
    Iterator(document: array.document, node: array.index + 1, remaining: underestimatedCount)
  }

  package struct Iterator: IteratorProtocol {
    let document: JSONDocument
    var node: Int
    var remaining: Int

    package mutating func next() -> JSONValue? {
      guard remaining > 0 else { return nil }
      remaining -= 1
      let element = JSONValue(document: document, index: node)
      node = document.next(after: node)
      return element
    }
  }
}
