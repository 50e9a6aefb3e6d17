/// What a client certificate says its holder is.
package enum ClientKind: String, Hashable, Sendable, CaseIterable {
  /// A service that runs tasks.
  case agent
  /// A person, or a script on a person's behalf.
  case `operator`
  /// A gateway, to the agents that it has work done by.
  case gateway

  /// Every name in the certificates of a development PKI lies below this one.
  package static let trustDomain = "signalbox.local"

  /// The SAN URI: `spiffe://signalbox.local/agent/NAME`.
  package func identifier(name: String) -> String {
    "spiffe://\(Self.trustDomain)/\(rawValue)/\(name)"
  }

  static func checkName(_ name: String) throws(PKIError) {
    guard isValidName(name) else {
      throw .invalidName(
        name,
        rule: "it must have 1 to 63 characters from a-z, 0-9 and the hyphen, and begin with a letter or a digit.")
    }
  }

  static func isValidName(_ name: String) -> Bool {
    func isLetterOrDigit(_ byte: UInt8) -> Bool {
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
    guard (1...63).contains(name.utf8.count), let first = name.utf8.first, isLetterOrDigit(first) else { return false }
    return name.utf8.allSatisfy { isLetterOrDigit($0) || $0 == UInt8(ascii: "-") }
  }
}
