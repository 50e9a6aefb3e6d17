/// What people are told in short.
enum Summary {
  static let maximum = 500

  /// The text, or its beginning when it has more characters.
  static func bounded(_ text: String, to maximum: Int = Self.maximum) -> String {
    // In characters, but never more than four bytes for each, so that marks piled on one letter do not make it endless.
    var bounded = text.prefix(maximum)
    if bounded.utf8.count > maximum * 4 {
      var bytes = 0
      bounded = bounded.prefix { character in
        bytes += character.utf8.count
        return bytes <= maximum * 4
      }
    }
    return bounded.endIndex == text.endIndex ? text : bounded.dropLast(3) + "..."
  }
}
