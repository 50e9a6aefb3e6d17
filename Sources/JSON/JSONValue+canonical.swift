extension JSONValue {
  /// The one way of writing this value that RFC 8785 knows, for what is signed: members in the order of their keys, no white space, numbers
  /// as JavaScript writes them. Nil when it has a number that is none of JavaScript's (1e400): such a value cannot be written so.
  /// - Parameter isLeftOut: members of objects, at any depth, that are not to be written; the path is that of the object's keys.
  package func canonical(leavingOut isLeftOut: ([String], JSONValue) -> Bool = { _, _ in false }) -> [UInt8]? {
    var writer = JSONWriter()
    return writer.canonical(self, at: [], isLeftOut) ? writer.bytes : nil
  }
}

extension JSONWriter {
  /// False when it cannot be written; then what was written so far is of no use.
  fileprivate mutating func canonical(
    _ value: JSONValue, at path: [String], _ isLeftOut: ([String], JSONValue) -> Bool
  ) -> Bool {
    switch value.kind {
    case .object:
      var isComplete = true
      object { object in
        for (key, member) in value.members.sorted(by: { $0.key.utf16.lexicographicallyPrecedes($1.key.utf16) }) {
          let place = path + [key]
          if !isComplete || isLeftOut(place, member) { continue }
          object.key(key)
          isComplete = object.canonical(member, at: place, isLeftOut)
        }
      }
      return isComplete
    case .array:
      var isComplete = true
      array { list in
        for element in value.elements where isComplete { isComplete = list.canonical(element, at: path, isLeftOut) }
      }
      return isComplete
    case .number:
      // The value has to be followed by nothing else, so something is written in any case.
      raw(trusted: CanonicalNumber.text(of: value.double ?? 0))
      return value.double != nil
    case .string:
      string(value.string ?? "")
      return true
    case .bool, .null:
      raw(value)
      return true
    }
  }
}
