/// One `name=value` of a query, decoded.
package struct QueryItem: Sendable, Hashable {
  package let name: String
  package let value: String

  package init(name: String, value: String) {
    self.name = name
    self.value = value
  }

  /// The items of a query in their order. `+` is a space, an item without `=` has an empty value, empty items are left out.
  /// An item that cannot be decoded is left out too; a query that passed the reader has none.
  package static func parse(_ query: String) -> [QueryItem] {
    query.utf8.split(separator: UInt8(ascii: "&")).compactMap { item in
      let halves = item.split(separator: ASCII.equals, maxSplits: 1, omittingEmptySubsequences: false)
      let value = halves.count == 2 ? decode(halves[1]) : ""
      guard let name = decode(halves[0]), let value else { return nil }
      return QueryItem(name: name, value: value)
    }
  }

  private static func decode(_ text: Substring.UTF8View) -> String? {
    guard let bytes = PercentEncoding.decodeBytes(text, plusIsSpace: true) else { return nil }
    return String(validating: bytes, as: UTF8.self)
  }
}
