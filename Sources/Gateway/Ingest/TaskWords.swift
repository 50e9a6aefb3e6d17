import HTTP

/// What may be said of a task that is to begin, whoever begins it.
enum TaskWords {
  static func checkTitle(_ title: String?) throws(Refusal) {
    try check(title, "title", "at most 500 bytes without control characters") { text in
      text.utf8.count <= 500 && text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
    }
  }

  /// The word against beginning it twice.
  /// - Parameters:
  ///   - member: of the body.
  ///   - fields: the values of `Idempotency-Key`, which says the same.
  static func key(_ member: String?, fields: [String]) throws(Refusal) -> String? {
    let keys = Set(fields + (member.map { [$0] } ?? []))
    guard keys.count <= 1 else {
      throw .badTask("The request has several different keys. Send one, as \"key\" or as Idempotency-Key.")
    }
    try check(keys.first, "key", "1 to 255 printable ASCII characters") { isPrintable($0, 1...255) }
    return keys.first
  }

  static func check(
    _ text: String?, _ name: String, _ expectation: String, _ isMet: (String) -> Bool
  ) throws(Refusal) {
    guard let text, !isMet(text) else { return }
    throw .badTask("The \"\(name)\" must be \(expectation), not \(Excerpt.quoting(text.utf8)).")
  }

  static func isPrintable(_ text: String, _ length: ClosedRange<Int>) -> Bool {
    length.contains(text.utf8.count) && text.utf8.allSatisfy { (0x20...0x7E).contains($0) }
  }
}
