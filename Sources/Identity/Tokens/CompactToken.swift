import JSON

/// The three parts of a token in JWS compact serialization (RFC 7515 section 7.1), taken apart and not believed.
struct CompactToken {
  let header: JSONValue
  /// Not read before the signature has been found good.
  let payload: [UInt8]
  let signature: [UInt8]
  /// What is signed: header and payload as they were sent, and the dot between.
  let signedBytes: [UInt8]

  init(_ text: String, lengthLimit: Int) throws(TokenFault) {
    let bytes = text.utf8
    guard bytes.count <= lengthLimit else {
      throw .malformed("The token has more than \(lengthLimit) characters; get one with fewer claims.")
    }
    let parts = bytes.split(separator: UInt8(ascii: "."), maxSplits: 3, omittingEmptySubsequences: false)
    guard parts.count == 3 else {
      throw .malformed(
        """
        The token does not have the three parts of a signed one, with a dot between them; send it unchanged, and no other kind of \
        token.
        """)
    }
    header = try Self.object(try Self.decode(parts[0], "header"), "header", lengthLimit: lengthLimit)
    payload = try Self.decode(parts[1], "payload")
    signature = try Self.decode(parts[2], "signature")
    signedBytes = Array(bytes[..<parts[1].endIndex])
  }

  private static func decode(_ part: Substring.UTF8View, _ name: String) throws(TokenFault) -> [UInt8] {
    guard let bytes = Base64URL.decode(part) else {
      throw .malformed("The \(name) of the token is not in base64url without padding; send the token unchanged.")
    }
    return bytes
  }

  /// Reads a part as a JSON object. One in which a member occurs twice is none: its readers would not agree on what it says.
  static func object(_ bytes: [UInt8], _ name: String, lengthLimit: Int) throws(TokenFault) -> JSONValue {
    let limits = JSONLimits(maxBytes: max(1, min(lengthLimit, 1 << 20)), maxDepth: 16, maxValues: 4096)
    guard let value = try? JSONValue(parsing: bytes, limits: limits), value.kind == .object else {
      throw .malformed(
        "The \(name) of the token is not one JSON object, or has a member twice, or is nested too deep; get another token."
      )
    }
    return value
  }
}
