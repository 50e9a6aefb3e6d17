/// Comma lists of field values (RFC 9110 section 5.6.1).
enum CommaList {
  /// The members of a list, trimmed, empty ones left out.
  static func members(of value: String) -> [String] {
    value.utf8.split(separator: ASCII.comma).map(trim).filter { !$0.isEmpty }
  }

  /// The text without the blanks around it.
  static func trim(_ text: Substring.UTF8View) -> String {
    var rest = text
    while let first = rest.first, first.isBlank { rest.removeFirst() }
    while let last = rest.last, last.isBlank { rest.removeLast() }
    return String(Substring(rest))
  }
}
