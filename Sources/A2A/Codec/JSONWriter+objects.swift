import JSON

// What is absent, empty or false is not written, except where a name says otherwise.

extension JSONWriter {
  mutating func member(_ key: String, _ value: some JSONCoded, as notation: Notation) {
    object(key) { value.write(to: &$0, as: notation) }
  }

  mutating func member(_ key: String, ifPresent value: (some JSONCoded)?, as notation: Notation) {
    if let value { member(key, value, as: notation) }
  }

  mutating func member(_ key: String, ifAny text: String?) {
    if let text, !text.isEmpty { member(key, text) }
  }

  mutating func member(_ key: String, ifTrue flag: Bool) {
    if flag { member(key, true) }
  }

  mutating func member(_ key: String, ifPresent timestamp: Timestamp?) {
    if let timestamp { member(key, timestamp.description) }
  }

  /// Nothing but an object stands where the protocol says "object".
  mutating func member(_ key: String, ifObject value: JSONValue?) {
    if let value, value.kind == .object { member(key, value) }
  }

  /// Written even when it is empty.
  mutating func list(_ key: String, _ values: [some JSONCoded], as notation: Notation) {
    array(key) { array in
      for value in values { array.object { value.write(to: &$0, as: notation) } }
    }
  }

  mutating func list(_ key: String, ifAny values: [some JSONCoded], as notation: Notation) {
    if !values.isEmpty { list(key, values, as: notation) }
  }

  /// Written even when it is empty.
  mutating func strings(_ key: String, _ values: [String]) {
    array(key) { for value in values { $0.string(value) } }
  }

  mutating func strings(_ key: String, ifAny values: [String]) {
    if !values.isEmpty { strings(key, values) }
  }
}
