import HTTP

/// Words of others as parts of a path or a query.
enum PathText {
  static func encode(_ text: String) -> String { PercentEncoding.encode(text) }
}
