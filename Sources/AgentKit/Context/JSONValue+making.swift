import JSON

extension JSONValue {
  /// A text as JSON.
  static func text(_ text: String) -> JSONValue? {
    var writer = JSONWriter()
    writer.string(text)
    return try? JSONValue(parsing: writer.bytes)
  }
}
