package import JSON

/// What a token says, with nothing checked but its form: for people who look into one. Nobody is let in by this.
package struct UnverifiedToken: Sendable {
  package let header: JSONValue
  package let payload: JSONValue

  package init(_ text: String) throws(TokenFault) {
    let parts = try CompactToken(text, lengthLimit: Self.lengthLimit)
    header = parts.header
    payload = try CompactToken.object(parts.payload, "payload", lengthLimit: Self.lengthLimit)
  }

  package static let lengthLimit = 65_536
}
