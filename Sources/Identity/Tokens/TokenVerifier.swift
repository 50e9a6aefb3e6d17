/// Judges tokens: JWS compact serialization (RFC 7515), JWT claims (RFC 7519, with RFC 8725's advice).
package struct TokenVerifier: Sendable {
  package let rules: TokenRules

  package init(rules: TokenRules) {
    self.rules = rules
  }

  /// - Throws: why the token is not good. `.unknownKey` alone is worth another look at the issuer's keys.
  package func verify(_ token: String, keys: KeySet, now: UnixTime) throws(TokenFault) -> VerifiedToken {
    let parts = try CompactToken(token, lengthLimit: rules.lengthLimit)
    let header = try TokenHeader(parts.header, rules: rules)
    try checkSignature(of: parts, header, keys)
    let payload = try CompactToken.object(parts.payload, "payload", lengthLimit: rules.lengthLimit)
    return VerifiedToken(claims: try TokenClaimsReader(payload: payload, rules: rules).read(now: now), payload: payload)
  }

  private func checkSignature(
    of token: CompactToken, _ header: TokenHeader, _ keys: KeySet
  ) throws(TokenFault) {
    guard let scheme = header.algorithm.scheme else {
      guard let secret = keys.secret else { throw TokenHeader.refusal(butFor: rules.algorithms.subtracting([.hs256])) }
      guard secret.hasAuthenticated(token.signedBytes, as: token.signature) else { throw .signature }
      return
    }
    let candidates: [VerificationKey]
    switch keys.candidates(for: header) {
    case .keys(let keys): candidates = keys
    case .misfits:
      throw .algorithm(
        "The key that the token names is not for the way in which the token is signed; get another token.")
    case .none: throw .unknownKey
    }
    let isGood = candidates.contains { $0.key.verifies(token.signature, of: token.signedBytes, by: scheme) }
    guard !isGood else { return }
    // Without a name it may be signed with a key that is newer than ours.
    throw header.keyID == nil ? .unknownKey : .signature
  }
}
