/// What Prometheus accepts as names. A wrong one is a mistake in the program, so it stops the program.
enum MetricNames {
  /// `[a-zA-Z_:][a-zA-Z0-9_:]*`
  static func isMetricName(_ name: String) -> Bool {
    isName(name) { $0 == UInt8(ascii: ":") }
  }

  /// `[a-zA-Z_][a-zA-Z0-9_]*`, and not the names beginning with `__` that Prometheus keeps for itself.
  static func isLabelName(_ name: String) -> Bool {
    !name.hasPrefix("__") && isName(name) { _ in false }
  }

  private static func isName(_ name: String, alsoAllowing isAllowed: (UInt8) -> Bool) -> Bool {
    guard let first = name.utf8.first, !isDigit(first) else { return false }
    return name.utf8.allSatisfy { byte in
      let letter = byte | 0x20
      return letter >= UInt8(ascii: "a") && letter <= UInt8(ascii: "z")
        || isDigit(byte) || byte == UInt8(ascii: "_") || isAllowed(byte)
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }
}
