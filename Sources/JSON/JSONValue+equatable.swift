extension JSONValue: Equatable {
  /// Whether two values mean the same, wherever they come from: strings by the bytes they read as, arrays in order,
  /// objects by key in any order, and **numbers by their text**: `1`, `1.0` and `1e0` are three different numbers here,
  /// because which of them are equal depends on what they are read as.
  package static func == (left: JSONValue, right: JSONValue) -> Bool {
    let (one, other) = (left.node, right.node)
    guard one.kind == other.kind else { return false }
    switch one.kind {
    case .null, .true, .false: return true
    case .number: return left.bytes == right.bytes
    case .string: return left.document.equals(one, right.document, other)
    case .array: return one.count == other.count && left.elements.elementsEqual(right.elements)
    case .object: return one.count == other.count && left.hasMembers(of: right)
    }
  }

  /// Members are mostly in the same order; from the first key that is not, the rest is found through a table.
  private func hasMembers(of other: JSONValue) -> Bool {
    var mine = index + 1
    var theirs = other.index + 1
    for step in 0..<count {
      let (key, otherKey) = (document.nodes[mine], other.document.nodes[theirs])
      guard document.equals(key, other.document, otherKey) else {
        return hasMembersInAnyOrder(of: other, from: mine, theirs, remaining: count - step)
      }
      let value = JSONValue(document: document, index: mine + 1)
      guard value == JSONValue(document: other.document, index: theirs + 1) else { return false }
      mine = document.next(after: mine + 1)
      theirs = other.document.next(after: theirs + 1)
    }
    return true
  }

  private func hasMembersInAnyOrder(of other: JSONValue, from mine: Int, _ theirs: Int, remaining: Int) -> Bool {
    var values: [ArraySlice<UInt8>: Int] = [:]
    values.reserveCapacity(remaining)
    var key = mine
    for _ in 0..<remaining {
      values[document.content(of: document.nodes[key])] = key + 1
      key = document.next(after: key + 1)
    }
    key = theirs
    for _ in 0..<remaining {
      let content = other.document.content(of: other.document.nodes[key])
      guard let value = values[content] else { return false }
      guard JSONValue(document: document, index: value) == JSONValue(document: other.document, index: key + 1) else {
        return false
      }
      key = other.document.next(after: key + 1)
    }
    return true
  }
}

extension JSONDocument {
  /// What a string or a key reads as.
  fileprivate func content(of node: JSONNode) -> ArraySlice<UInt8> {
    node.hasEscapes ? JSONEscape.decode(bytes[node.content])[...] : bytes[node.content]
  }

  fileprivate func equals(_ node: JSONNode, _ other: JSONDocument, _ otherNode: JSONNode) -> Bool {
    content(of: node) == other.content(of: otherNode)
  }
}
