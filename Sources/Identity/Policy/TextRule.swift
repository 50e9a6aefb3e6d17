/// What a text in a policy may be, and whatever is compared with it. All of it is ASCII, so that two texts are equal only when their bytes are.
package struct TextRule: Sendable {
  package let isMet: @Sendable (String) -> Bool
  /// Goes behind "must be".
  package let expectation: String

  private init(_ expectation: String, _ isMet: @escaping @Sendable (String) -> Bool) {
    self.expectation = expectation
    self.isMet = isMet
  }

  package static let name = TextRule(
    "1 to 128 of the characters A-Z, a-z, 0-9, dot, underscore, @ and hyphen"
  ) { text in
    hasLength(text, 1...128)
      && text.utf8.allSatisfy { byte in isLetterOrDigit(byte) || "._@-".utf8.contains(byte) }
  }

  static let uri = TextRule(
    "a URI such as spiffe://example.org/agent/one, of visible ASCII and at most 2048 characters"
  ) {
    hasLength($0, 1...2048) && isVisible($0) && $0.utf8.contains(UInt8(ascii: ":"))
  }

  static let dns = TextRule("a whole DNS name in lower case, such as agent.example.org") { text in
    hasLength(text, 1...253)
      && text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { label in
        (1...63).contains(label.count)
          && label.allSatisfy { isLetterOrDigit($0) && !isUpperCase($0) || "-_".utf8.contains($0) }
      }
  }

  static let fingerprint = TextRule("SHA-256 of the certificate, as 64 hexadecimal digits in lower case") { text in
    text.utf8.count == 64 && text.utf8.allSatisfy { "0123456789abcdef".utf8.contains($0) }
  }

  static let subject = TextRule("1 to 255 characters of printable ASCII") { text in
    hasLength(text, 1...255) && text.utf8.allSatisfy { (0x20...0x7E).contains($0) }
  }

  /// Without `#`, which stands between issuer and subject in the names of principals.
  static let issuer = TextRule("1 to 255 characters of visible ASCII without #") { text in
    hasLength(text, 1...255) && isVisible(text) && !text.utf8.contains(UInt8(ascii: "#"))
  }

  private static func hasLength(_ text: String, _ range: ClosedRange<Int>) -> Bool { range.contains(text.utf8.count) }

  private static func isVisible(_ text: String) -> Bool { text.utf8.allSatisfy { (0x21...0x7E).contains($0) } }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    isUpperCase(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
      || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private static func isUpperCase(_ byte: UInt8) -> Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) }
}
