/// Media types as cards list them: `text/plain`, `text/*`, `*/*`.
enum MediaRange {
  static func any(of ranges: [String], take mediaType: String) -> Bool {
    let type = essence(mediaType)
    return ranges.contains { range in
      let range = essence(range)
      if range == "*/*" || range == type { return true }
      return range.hasSuffix("/*") && type.hasPrefix(range.dropLast())
    }
  }

  /// Without parameters, in lower case.
  private static func essence(_ text: String) -> String {
    let type = text.prefix { $0 != ";" }.lowercased()
    return String(type.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
