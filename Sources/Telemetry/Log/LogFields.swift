/// The fields of one log line, in their order. Usually a literal; appended to where a field is there only sometimes.
package struct LogFields: Sendable, ExpressibleByDictionaryLiteral {
  /// Key and value, without names, since an array of tuples is cast member by member to one with other names.
  typealias Field = (String, LogValue)

  private(set) var all: [Field]

  package init(dictionaryLiteral elements: (String, LogValue)...) {
    all = elements
  }

  package mutating func append(_ key: String, _ value: LogValue) {
    all.append((key, value))
  }
}
