extension JSONValue {
  /// The string with its escapes resolved, or nil when the value is no string.
  package var string: String? {
    let node = node
    return node.kind == .string ? document.string(of: node) : nil
  }

  /// Whether the value is this string, byte for byte in UTF-8. It makes no `String`; and unlike Swift's `==` it does not
  /// take two spellings of one accented letter as equal.
  package func equalsString(_ string: String) -> Bool {
    let node = node
    return node.kind == .string && document.reads(node, as: string.utf8.span)
  }
}
