import JSON

/// The value of a setting, whatever its source.
enum SettingValue: Sendable, Equatable {
  case boolean(Bool)
  case integer(Int)
  case text(String)
  case list([String])
  /// A setting that may be left out, and is.
  case absent

  func write(to writer: inout JSONWriter) {
    switch self {
    case .boolean(let value): writer.bool(value)
    case .integer(let value): writer.number(value)
    case .text(let value): writer.string(value)
    case .list(let values): writer.array { list in for value in values { list.string(value) } }
    case .absent: writer.null()
    }
  }

  /// As JSON, on one line.
  var text: String {
    var writer = JSONWriter()
    write(to: &writer)
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}
