import JSON

/// Reads the members of one object by the rules of ProtoJSON: null and, for most, the default value count as absent; a
/// name may be written in snake_case; members that nobody asks for are passed over.
struct ObjectReader {
  let object: JSONValue
  let notation: Notation

  init(_ value: JSONValue, as notation: Notation) throws(FieldFault) {
    guard value.kind == .object else { throw .wrongKind(value, expected: "an object") }
    object = value
    self.notation = notation
  }

  /// - Parameter name: in camelCase.
  func value(_ name: String) -> JSONValue? {
    if let value = object[name] { return value.isNull ? nil : value }
    guard name.utf8.contains(where: Self.isUppercase), let value = object[Self.snakeCase(name)] else { return nil }
    return value.isNull ? nil : value
  }

  func has(_ name: String) -> Bool { value(name) != nil }

  /// The first of the names that is there, for members that have had several; the first of all when none is.
  func name(among names: String...) -> String {
    names.first(where: has) ?? names[0]
  }

  private static func isUppercase(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "A") < 26 }

  private static func snakeCase(_ name: String) -> String {
    var snake: [UInt8] = []
    for byte in name.utf8 {
      if isUppercase(byte) {
        snake += [UInt8(ascii: "_"), byte | 0x20]
      } else {
        snake.append(byte)
      }
    }
    return String(decoding: snake, as: UTF8.self)
  }
}
