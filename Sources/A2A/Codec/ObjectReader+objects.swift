import JSON

extension ObjectReader {
  /// An object that is kept as it came: `metadata`, `params`. What it came in may be large, and is not kept with it.
  func anyObject(_ name: String) throws(FieldFault) -> JSONValue? {
    try plainObject(name)?.detached()
  }

  private func plainObject(_ name: String) throws(FieldFault) -> JSONValue? {
    guard let value = value(name) else { return nil }
    guard value.kind == .object else { throw .wrongKind(value, expected: "an object", at: name) }
    return value
  }

  func object<Value: JSONCoded>(_ name: String, as type: Value.Type = Value.self) throws(FieldFault) -> Value? {
    guard let reader = try reader(name) else { return nil }
    do throws(FieldFault) {
      return try Value(reader)
    } catch {
      throw error.inside(name)
    }
  }

  func requiredObject<Value: JSONCoded>(_ name: String, as type: Value.Type = Value.self) throws(FieldFault) -> Value {
    guard let value = try object(name, as: type) else { throw .missing(name) }
    return value
  }

  /// For an object that is read by hand; its faults are to be told `inside` its name.
  func reader(_ name: String) throws(FieldFault) -> ObjectReader? {
    guard let value = try plainObject(name) else { return nil }
    return try ObjectReader(value, as: notation)
  }

  func array(_ name: String) throws(FieldFault) -> JSONElements? {
    guard let value = value(name) else { return nil }
    guard value.kind == .array else { throw .wrongKind(value, expected: "an array", at: name) }
    return value.elements
  }

  func list<Value: JSONCoded>(_ name: String, of type: Value.Type = Value.self) throws(FieldFault) -> [Value]? {
    guard let elements = try array(name) else { return nil }
    return try Self.list(elements, at: name, as: notation)
  }

  static func list<Value: JSONCoded>(
    _ elements: JSONElements, of type: Value.Type = Value.self, at name: String, as notation: Notation
  ) throws(FieldFault) -> [Value] {
    var list: [Value] = []
    list.reserveCapacity(elements.underestimatedCount)
    for element in elements {
      do throws(FieldFault) {
        list.append(try Value(reading: element, as: notation))
      } catch {
        throw error.inside("\(name)[\(list.count)]")
      }
    }
    return list
  }

  /// Texts; none when the member is absent.
  func strings(_ name: String) throws(FieldFault) -> [String] {
    var strings: [String] = []
    guard let elements = try array(name) else { return [] }
    for element in elements {
      guard let text = element.string else {
        throw .wrongKind(element, expected: "a string", at: "\(name)[\(strings.count)]")
      }
      strings.append(text)
    }
    return strings
  }
}
