import HTTP
import JSON

extension ObjectReader {
  /// A text of which the empty one means nothing: it counts as absent.
  func string(_ name: String) throws(FieldFault) -> String? {
    guard let text = try text(name), !text.isEmpty else { return nil }
    return text
  }

  func requiredString(_ name: String) throws(FieldFault) -> String {
    guard let text = try string(name) else { throw .missing(name) }
    return text
  }

  /// A text that may be empty.
  func text(_ name: String) throws(FieldFault) -> String? {
    guard let value = value(name) else { return nil }
    guard let text = value.string else { throw .wrongKind(value, expected: "a string", at: name) }
    return text
  }

  func bool(_ name: String) throws(FieldFault) -> Bool? {
    guard let value = value(name) else { return nil }
    guard let bool = value.bool else { throw .wrongKind(value, expected: "true or false", at: name) }
    return bool
  }

  /// A whole number, or one written as a string in decimal digits.
  func int(_ name: String, in range: ClosedRange<Int> = Self.int32) throws(FieldFault) -> Int? {
    guard let value = value(name) else { return nil }
    let number: Int?
    switch value.kind {
    case .number: number = value.int.flatMap(Int.init(exactly:))
    case .string: number = value.string.flatMap(Self.decimal)
    default: throw .wrongKind(value, expected: "a whole number", at: name)
    }
    guard let number, range.contains(number) else {
      let bounds = "from \(range.lowerBound) to \(range.upperBound)"
      throw FieldFault("must be a whole number \(bounds), not \(value.excerpt)", at: name)
    }
    return number
  }

  static let int32 = Int(Int32.min)...Int(Int32.max)
  static let count = 0...Int(Int32.max)

  /// `Int.init` would take a plus sign too.
  private static func decimal(_ text: String) -> Int? {
    text.utf8.first == UInt8(ascii: "+") ? nil : Int(text)
  }

  /// Base64, of either alphabet, with or without padding.
  func bytes(_ name: String) throws(FieldFault) -> [UInt8]? {
    guard let text = try text(name) else { return nil }
    guard let bytes = Base64.decode(text) else { throw FieldFault("must be base64, which it is not", at: name) }
    return bytes
  }

  func timestamp(_ name: String) throws(FieldFault) -> Timestamp? {
    guard let text = try string(name) else { return nil }
    guard let timestamp = Timestamp(text) else {
      let shown = Excerpt.quoting(text.utf8)
      throw FieldFault("must be a time such as 2026-03-01T09:30:00.000Z, not \(shown)", at: name)
    }
    return timestamp
  }

  /// The name of a case, or its number; of number 0, `…_UNSPECIFIED`, there is no case: it counts as absent.
  func enumeration<Value: NamedCases>(_ name: String) throws(FieldFault) -> Value? {
    guard let value = value(name) else { return nil }
    if value.int == 0 { return nil }
    if let text = value.string {
      if text.isEmpty || Value.isUnspecified(text, in: notation) { return nil }
      if let named = Value(name: text, in: notation) { return named }
    } else if let number = value.int.flatMap(Int.init(exactly:)), let numbered = Value(rawValue: number) {
      return numbered
    } else if value.kind != .number {
      throw .wrongKind(value, expected: "the name of a \(Value.meaning)", at: name)
    }
    throw FieldFault("must be the name of a \(Value.meaning), not \(value.excerpt)", at: name)
  }
}
