/// Which codings of an answer a client takes (RFC 9110 section 12.5.3).
package enum ContentCoding {
  /// Whether to send gzip: the client names it (or `*`) with a weight above 0 and does not prefer the plain form.
  ///
  /// Without the field the plain form is sent, which everybody can read. A weight that is none counts as 0.
  package static func acceptsGzip(acceptEncoding: String?) -> Bool {
    guard let acceptEncoding else { return false }
    var gzip: Int?
    var identity: Int?
    var others: Int?
    for member in CommaList.members(of: acceptEncoding.lowercased()) {
      let parts = member.utf8.split(separator: ASCII.semicolon).map(CommaList.trim)
      let weight = parts.dropFirst().first { $0.hasPrefix("q=") }.map { thousandths($0.dropFirst(2)) } ?? 1000
      switch parts.first {
      case "gzip", "x-gzip": gzip = max(gzip ?? 0, weight)
      case "identity": identity = weight
      case "*": others = weight
      default: break
      }
    }
    guard let weight = gzip ?? others, weight > 0 else { return false }
    return weight >= identity ?? 0
  }

  /// `qvalue`: 0 to 1 with at most three decimals; anything else is 0.
  private static func thousandths(_ text: Substring) -> Int {
    let digits = Array(text.utf8)
    guard let first = digits.first, "01".utf8.contains(first), digits.count <= 5 else { return 0 }
    guard digits.count == 1 || digits[1] == ASCII.dot else { return 0 }
    let decimals = digits.dropFirst(2)
    guard decimals.allSatisfy(\.isDigit) else { return 0 }
    var value = Int(first - ASCII.zero)
    for place in 0..<3 {
      value = value * 10 + (place < decimals.count ? Int(decimals[decimals.startIndex + place] - ASCII.zero) : 0)
    }
    return value <= 1000 ? value : 0
  }
}
