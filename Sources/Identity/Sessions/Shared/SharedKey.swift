/// What the keys of a shared ledger are made of: a word for the kind, and a hash. No secret is in them.
package enum SharedKey {
  static let session = "session:"
  static let link = "link:"

  /// - Parameter nameHash: of the session's name, which its cookie has.
  static func ofSession(_ nameHash: [UInt8]) -> String { session + Base64URL.encode(nameHash) }

  static func ofLink(_ token: String) -> String { link + Base64URL.encode(Digest.sha256(Array(token.utf8))) }
}
