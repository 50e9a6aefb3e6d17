/// The fields of a message in their order: names without regard to case (kept in lower case), a name as often as it came.
///
/// Every name in here is a token and every value is free of CR, LF, NUL and other control characters, so a writer needs no
/// further check. Values are Latin-1: a character stands for a byte.
package struct HTTPFields: Sendable, Equatable {
  fileprivate struct Field: Sendable, Equatable {
    let name: String
    var value: String
  }

  private var fields: [Field] = []

  package init() {}

  package init(_ pairs: [(String, String)]) {
    for (name, value) in pairs { append(name, value) }
  }

  package var count: Int { fields.count }
  package var isEmpty: Bool { fields.isEmpty }

  /// The first value of `name`. Setting replaces all of them (at the place of the first); setting nil removes them.
  ///
  /// Setting traps on a name or value HTTP cannot carry; text from outside goes through `set(_:checking:)`.
  package subscript(name: String) -> String? {
    get {
      let name = Self.lowercased(name)
      return fields.first { $0.name == name }?.value
    }
    set {
      guard let newValue else { return remove(name) }
      Self.require(name, newValue)
      replace(Self.lowercased(name), with: newValue)
    }
  }

  /// All values of `name`, in their order.
  package func values(of name: String) -> [String] {
    let name = Self.lowercased(name)
    return fields.compactMap { $0.name == name ? $0.value : nil }
  }

  package func contains(_ name: String) -> Bool { self[name] != nil }

  /// Adds a field at the end. Traps on a name or value HTTP cannot carry, which is the program's own mistake.
  package mutating func append(_ name: String, _ value: String) {
    Self.require(name, value)
    fields.append(Field(name: Self.lowercased(name), value: value))
  }

  package mutating func append(contentsOf others: HTTPFields) {
    fields += others.fields
  }

  package mutating func remove(_ name: String) {
    let name = Self.lowercased(name)
    fields.removeAll { $0.name == name }
  }

  /// Replaces all values of `name` by text from outside; throws when the text cannot be a field value.
  package mutating func set(_ name: String, checking value: String) throws(IllegalFieldValue) {
    guard FieldText.isValue(value) else {
      throw IllegalFieldValue(name: Self.lowercased(name), excerpt: Excerpt.quoting(value))
    }
    self[name] = value
  }

  /// For the parser, which has checked each byte already.
  mutating func append(parsedName name: String, value: String) {
    fields.append(Field(name: name, value: value))
  }

  private mutating func replace(_ name: String, with value: String) {
    guard let first = fields.firstIndex(where: { $0.name == name }) else {
      return fields.append(Field(name: name, value: value))
    }
    fields[first].value = value
    let later = fields[(first + 1)...].filter { $0.name != name }
    fields.replaceSubrange((first + 1)..., with: later)
  }

  private static func require(_ name: String, _ value: String) {
    precondition(FieldText.isToken(name), "A field name is a token, and \(Excerpt.quoting(name)) is none.")
    precondition(FieldText.isValue(value), "The value of the field \(name) has a character HTTP cannot carry.")
  }

  private static func lowercased(_ name: String) -> String {
    name.utf8.contains(where: \.isUppercase) ? name.lowercased() : name
  }
}

extension HTTPFields: Sequence {
  package struct Iterator: IteratorProtocol {
    fileprivate var fields: IndexingIterator<[Field]>

    package mutating func next() -> (name: String, value: String)? {
      fields.next().map { ($0.name, $0.value) }
    }
  }

  package func makeIterator() -> Iterator { Iterator(fields: fields.makeIterator()) }
}
