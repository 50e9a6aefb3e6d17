/// The textual form of IPv4 addresses (RFC 3986 section 3.2.2): four decimal numbers without leading zeros.
enum IPv4Syntax {
  static func isAddress(_ text: ArraySlice<UInt8>) -> Bool {
    let parts = text.split(separator: ASCII.dot, omittingEmptySubsequences: false)
    return parts.count == 4
      && parts.allSatisfy { part in
        guard (1...3).contains(part.count), part.allSatisfy(\.isDigit) else { return false }
        return (part.count == 1 || part.first != ASCII.zero)
          && part.reduce(0) { $0 * 10 + Int($1 - ASCII.zero) } <= 255
      }
  }

  /// Whether a careless resolver would take the name for an address: its last label is a number (`127.1`, `0x7f.0.0.1`).
  static func looksLikeAddress(_ name: ArraySlice<UInt8>) -> Bool {
    guard let last = name.split(separator: ASCII.dot).last else { return false }
    if last.allSatisfy(\.isDigit) { return true }
    return last.first == ASCII.zero && last.dropFirst().first.map { $0 | 0x20 } == UInt8(ascii: "x")
      && last.dropFirst(2).allSatisfy { $0.hexValue != nil }
  }
}
