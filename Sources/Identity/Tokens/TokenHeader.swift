import JSON

/// What the header of a token says about its signature. Everything in it is a claim of whoever sent the token: `jku`, `jwk`, `x5u` and
/// `x5c`, which bring keys along or say where to get them, are never looked at.
struct TokenHeader {
  let algorithm: TokenAlgorithm
  let keyID: String?

  init(_ header: JSONValue, rules: TokenRules) throws(TokenFault) {
    guard header["crit"] == nil, header["b64"] == nil else {
      throw .malformed("The header of the token has crit or b64, and no such extension is known here; get one without.")
    }
    algorithm = try Self.algorithm(header, rules: rules)
    if let type = header["typ"], !Self.isAccepted(type) {
      throw .malformed("The typ of the token is neither JWT nor at+jwt; send an access token or an ID token.")
    }
    guard let keyID = header["kid"] else {
      self.keyID = nil
      return
    }
    guard let text = keyID.string, text.utf8.count <= Self.longestKeyID else {
      throw .malformed("The kid of the token is no text of up to \(Self.longestKeyID) bytes; get another token.")
    }
    self.keyID = text
  }

  /// For what is signed and is no token.
  init(algorithm: TokenAlgorithm, keyID: String?) {
    self.algorithm = algorithm
    self.keyID = keyID
  }

  static let longestKeyID = 512

  /// Names of algorithms are exact, in upper and lower case as well (RFC 7515 section 4.1.1): `None` is no way around a rule.
  private static func algorithm(_ header: JSONValue, rules: TokenRules) throws(TokenFault) -> TokenAlgorithm {
    guard let algorithm = header["alg"]?.string.flatMap(TokenAlgorithm.init(named:)),
      rules.algorithms.contains(algorithm)
    else { throw refusal(butFor: rules.algorithms) }
    return algorithm
  }

  /// What to answer to another algorithm than these.
  static func refusal(butFor accepted: Set<TokenAlgorithm>) -> TokenFault {
    let names = accepted.map(\.rawValue).sorted().joined(separator: ", ")
    return .algorithm("The token is not signed (alg) in a way that is accepted here; get one signed with \(names).")
  }

  /// Media types do not depend on case, and `application/` may be left out (RFC 7515 section 4.1.9).
  private static func isAccepted(_ type: JSONValue) -> Bool {
    guard let text = type.string?.lowercased() else { return false }
    return ["jwt", "at+jwt", "application/jwt", "application/at+jwt"].contains(text)
  }
}
