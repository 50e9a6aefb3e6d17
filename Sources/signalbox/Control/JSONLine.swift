import JSON

/// JSON for scripts: one value a line.
enum JSONLine {
  static func text(_ value: JSONValue) -> String {
    var writer = JSONWriter()
    writer.value(value)
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}
