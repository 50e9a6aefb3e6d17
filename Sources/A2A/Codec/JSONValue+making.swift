package import JSON

extension JSONValue {
  /// Null; what a text that cannot fail to be JSON is read as, should it fail all the same.
  private static let null: JSONValue = {
    guard let null = try? JSONValue(parsing: "null") else { preconditionFailure("null is JSON.") }
    return null
  }()

  /// An object of the program's own making.
  ///
  /// The limits are the widest, because what is put in was read under some limits already and only got a few levels
  /// around it.
  package static func object(_ body: (inout JSONWriter) -> Void) -> JSONValue {
    var writer = JSONWriter()
    writer.object(body)
    let limits = JSONLimits(maxBytes: 1 << 28, maxDepth: 512, maxValues: 1 << 28)
    return (try? JSONValue(parsing: writer.bytes, limits: limits)) ?? null
  }

  /// The members of an object, apart from one that is written anew.
  static func object(_ other: JSONValue?, with key: String, _ value: (inout JSONWriter) -> Void) -> JSONValue {
    object { object in
      for (name, member) in other?.members ?? JSONValue.null.members where name != key { object.member(name, member) }
      object.key(key)
      value(&object)
    }
  }

  /// The object without one of its members; nil when nothing is left.
  func without(_ key: String) -> JSONValue? {
    guard self[key] != nil else { return self }
    guard count > 1 else { return nil }
    return .object { object in
      for (name, member) in members where name != key { object.member(name, member) }
    }
  }
}

extension JSONValue {
  static func array(_ elements: [JSONValue]) -> JSONValue {
    let object = object { $0.array("array") { array in for element in elements { array.value(element) } } }
    return object["array"] ?? object
  }
}
