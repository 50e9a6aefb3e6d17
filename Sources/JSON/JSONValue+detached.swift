extension JSONValue {
  /// The same value with a text of its own, for what is kept longer than the text it came in: a value holds the whole of
  /// it in memory. It is read once more, unless it makes up half of the text or more.
  package func detached() -> JSONValue {
    guard bytes.count < document.bytes.count / 2 else { return self }
    // Whatever limits it was read under, these are as wide.
    let limits = JSONLimits(maxBytes: 1 << 28, maxDepth: 512, maxValues: .max)
    return (try? JSONValue(parsing: Array(bytes), limits: limits)) ?? self
  }
}
