import JSON

/// Values of the kinds that a policy has. What is wrong is noted, and the answer is then nil or empty.
extension PolicyReader {
  /// The members of an object, by name. There may be no others than those known.
  mutating func members(of value: JSONValue, _ what: String, _ known: [String]) -> [String: JSONValue]? {
    guard value.kind == .object else {
      note(value, "\(what) must be an object: { ... }.")
      return nil
    }
    var members: [String: JSONValue] = [:]
    for (name, member) in value.members {
      if known.contains(name) {
        members[name] = member
      } else {
        note(member, "\(what) has no member \(quoted(name)). It may have: \(known.joined(separator: ", ")).")
      }
    }
    return members
  }

  /// The elements of a list, of which there must be one at least.
  mutating func elements(of value: JSONValue, _ what: String) -> [JSONValue] {
    guard value.kind == .array, value.count > 0 else {
      note(value, "\(what) must be a list with something in it: [ ... ].")
      return []
    }
    return Array(value.elements)
  }

  mutating func text(_ value: JSONValue, _ what: String, _ rule: TextRule) -> String? {
    guard let text = value.string, rule.isMet(text) else {
      note(value, "\(what) must be \(rule.expectation)\(value.string.map { ", not \(quoted($0))" } ?? "").")
      return nil
    }
    return text
  }

  mutating func bool(_ value: JSONValue?, _ what: String) -> Bool {
    guard let value else { return false }
    guard let bool = value.bool else {
      note(value, "\(what) must be true or false.")
      return false
    }
    return bool
  }

  mutating func word<Word: RawRepresentable<String> & CaseIterable>(_ value: JSONValue, _ what: String) -> Word? {
    guard let text = value.string, let word = Word(rawValue: text) else {
      let known = Word.allCases.map(\.rawValue).joined(separator: ", ")
      note(value, "\(what) must be one of \(known)\(value.string.map { ", not \(quoted($0))" } ?? "").")
      return nil
    }
    return word
  }

  /// A list whose elements `read` takes, each of them once.
  mutating func list<Element: Hashable>(
    _ value: JSONValue, _ what: String, _ read: (inout PolicyReader, JSONValue) -> Element?
  ) -> [Element] {
    var found: [Element] = []
    var seen: Set<Element> = []
    for item in elements(of: value, what) {
      guard let element = read(&self, item) else { continue }
      guard seen.insert(element).inserted else {
        note(item, "\(what) has \(quoted(item.string ?? "")) twice. Leave one of them out.")
        continue
      }
      found.append(element)
    }
    return found
  }
}
