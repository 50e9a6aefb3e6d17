/// Checks `host[:port]`, as it stands in Host and in absolute-form targets.
///
/// Stricter than `uri-host` on purpose: a registered name has letters, digits, `-`, `.` and `_` only. The commas, quotes and
/// escapes that RFC 3986 would allow name no host, and hide a second one from a careless reader.
enum HostSyntax {
  static let maxHostLength = 255

  private static let nameBytes = ByteSet("-._")

  /// What is wrong with `authority`, as the end of a sentence, or nil when it is a valid host with or without a port.
  static func fault(in authority: ArraySlice<UInt8>) -> String? {
    guard let first = authority.first else { return "is empty" }
    if first == ASCII.openBracket { return faultInLiteral(authority) }
    let host = authority.prefix { $0 != ASCII.colon }
    if host.isEmpty { return "has no host name" }
    if host.count > maxHostLength { return "has a host name of more than \(maxHostLength) bytes" }
    if let bad = host.first(where: { !nameBytes.contains($0) }) {
      return "has the byte \(Excerpt.naming(bad)), which no host name has"
    }
    return faultInPort(authority[host.endIndex...])
  }

  private static func faultInLiteral(_ authority: ArraySlice<UInt8>) -> String? {
    guard let end = authority.firstIndex(of: ASCII.closeBracket) else { return "has no closing bracket" }
    guard IPv6Syntax.isAddress(authority[(authority.startIndex + 1)..<end]) else {
      return "has something other than an IPv6 address in brackets"
    }
    return faultInPort(authority[(end + 1)...])
  }

  /// The rest after the host: nothing, or a colon and a port (which may be empty, as RFC 3986 section 3.2.3 has it).
  private static func faultInPort(_ rest: ArraySlice<UInt8>) -> String? {
    guard let first = rest.first else { return nil }
    let port = rest.dropFirst()
    guard first == ASCII.colon, port.count <= 5, port.allSatisfy(\.isDigit) else { return "has no valid port" }
    let number = port.reduce(0) { $0 * 10 + Int($1 - ASCII.zero) }
    return number <= 65_535 ? nil : "has a port above 65535"
  }
}
