/// A name under which clients reach a server: a DNS name or an IP address.
package struct ServerName: Hashable, Sendable, CustomStringConvertible {
  package let description: String
  let alternativeName: SubjectAlternativeName

  /// What a server on the developer's own machine is called.
  package static let local: [ServerName] = ["localhost", "127.0.0.1", "::1"].compactMap { try? ServerName($0) }

  /// Reads an IP address, or a DNS name, which may begin with `*.` and is kept in lower case.
  package init(_ text: String) throws(PKIError) {
    if let address = IPAddress(text) {
      description = address.description
      alternativeName = SubjectAlternativeName(kind: .ipAddress, bytes: address.bytes)
      return
    }
    let name = text.lowercased()
    guard Self.isDNSName(name) else {
      throw .invalidName(
        text,
        rule: "a server is named by an IP address, or by a DNS name of letters, digits, hyphens and dots whose last "
          + "part is no number.")
    }
    description = name
    alternativeName = .dns(name)
  }

  private static func isDNSName(_ name: String) -> Bool {
    guard name.utf8.count <= 253 else { return false }
    let labels = (name.hasPrefix("*.") ? name.dropFirst(2) : name[...]).split(
      separator: ".", omittingEmptySubsequences: false)
    // A last part of digits only would be a mistyped address, as in 127.0.0.256.
    guard let last = labels.last, !last.utf8.allSatisfy(isDigit) else { return false }
    return labels.allSatisfy { label in
      (1...63).contains(label.utf8.count) && !label.hasPrefix("-") && !label.hasSuffix("-")
        && label.utf8.allSatisfy { isDigit($0) || isLetter($0) || $0 == UInt8(ascii: "-") }
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
  private static func isLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) }
}
