import HTTP

/// The query of a request, where each name is one that the route knows and comes once: what would be passed over in silence is refused.
struct QueryFields: Sendable {
  private let values: [String: String]

  /// - Parameter known: the names, in the order in which a refusal lists them.
  init(_ target: RequestTarget, known: [String]) throws(Refusal) {
    var values: [String: String] = [:]
    for item in target.queryItems {
      let name = Excerpt.quoting(item.name.utf8)
      guard known.contains(item.name) else {
        throw .badQuery("The query has \(name), which says nothing here. It may have \(Self.list(known)).")
      }
      guard values.updateValue(item.value, forKey: item.name) == nil else {
        throw .badQuery("The query has \(name) more than once. Send it once.")
      }
    }
    self.values = values
  }

  subscript(name: String) -> String? { values[name] }

  func number(_ name: String, in range: ClosedRange<Int64>) throws(Refusal) -> Int64? {
    guard let text = values[name] else { return nil }
    guard let number = Int64(text), range.contains(number) else {
      throw .badQuery(
        "\(name) must be a whole number from \(range.lowerBound) to \(range.upperBound), not \(Excerpt.quoting(text.utf8))."
      )
    }
    return number
  }

  func flag(_ name: String) throws(Refusal) -> Bool? {
    switch values[name] {
    case nil: return nil
    case "true": return true
    case "false": return false
    case let text?: throw .badQuery("\(name) must be true or false, not \(Excerpt.quoting(text.utf8)).")
    }
  }

  /// Words with commas between them, each one of those that are known.
  func words(_ name: String, of known: [String]) throws(Refusal) -> Set<String>? {
    guard let text = values[name] else { return nil }
    let words = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    for word in words where !known.contains(word) {
      throw .badQuery(
        "\(name) has \(Excerpt.quoting(word.utf8)). It may have \(Self.list(known)), with commas between them.")
    }
    return Set(words)
  }

  /// A text of others that is looked for. Bounded, because all that is kept is compared with it.
  func text(_ name: String) throws(Refusal) -> String? {
    guard let text = values[name] else { return nil }
    guard text.utf8.count <= Self.longestText else {
      throw .badQuery("\(name) has more than \(Self.longestText) bytes. Shorten it.")
    }
    return text
  }

  private static let longestText = 256

  private static func list(_ names: [String]) -> String {
    guard let last = names.last, names.count > 1 else { return names.first ?? "nothing" }
    return "\(names.dropLast().joined(separator: ", ")) and \(last)"
  }
}

extension Refusal {
  static func badQuery(_ detail: String) -> Refusal { Refusal(.badRequest, detail, code: "bad-query") }
}
