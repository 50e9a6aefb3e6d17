extension JSONWriter {
  package mutating func member(_ key: String, _ value: String) {
    self.key(key)
    string(value)
  }

  package mutating func member(_ key: String, _ value: Int) {
    self.key(key)
    number(value)
  }

  package mutating func member(_ key: String, _ value: Int64) {
    self.key(key)
    number(value)
  }

  package mutating func member(_ key: String, _ value: UInt64) {
    self.key(key)
    number(value)
  }

  package mutating func member(_ key: String, _ value: Double) {
    self.key(key)
    number(value)
  }

  package mutating func member(_ key: String, _ value: Bool) {
    self.key(key)
    bool(value)
  }

  /// `member("key", nil)` writes null. Nothing but nil is a `Never?`.
  package mutating func member(_ key: String, _ value: Never?) {
    self.key(key)
    null()
  }

  /// The value as ``value(_:)`` writes it.
  package mutating func member(_ key: String, _ value: JSONValue) {
    self.key(key)
    self.value(value)
  }

  /// A member that is an object.
  package mutating func object(_ key: String, _ body: (inout JSONWriter) -> Void) {
    self.key(key)
    object(body)
  }

  /// A member that is an array.
  package mutating func array(_ key: String, _ body: (inout JSONWriter) -> Void) {
    self.key(key)
    array(body)
  }
}

// MARK: - Members that may be missing

extension JSONWriter {
  /// Writes the member when there is a value, and nothing otherwise.
  package mutating func member(_ key: String, ifPresent value: String?) {
    if let value { member(key, value) }
  }

  package mutating func member(_ key: String, ifPresent value: Int?) {
    if let value { member(key, value) }
  }

  package mutating func member(_ key: String, ifPresent value: Int64?) {
    if let value { member(key, value) }
  }

  package mutating func member(_ key: String, ifPresent value: UInt64?) {
    if let value { member(key, value) }
  }

  package mutating func member(_ key: String, ifPresent value: Double?) {
    if let value { member(key, value) }
  }

  package mutating func member(_ key: String, ifPresent value: Bool?) {
    if let value { member(key, value) }
  }

  package mutating func member(_ key: String, ifPresent value: JSONValue?) {
    if let value { member(key, value) }
  }
}
