import JSON

/// A JWS whose payload is somewhere else (RFC 7515 section 7.2.1 and appendix F): of a document that carries its signatures in itself.
package struct DetachedSignature: Sendable {
  private let header: JSONValue
  private let protected: String
  private let signature: [UInt8]

  /// - Parameters:
  ///   - protected: base64url of the header.
  ///   - signature: base64url of the signature.
  /// Throws a sentence's clause that says what it is not.
  package init(protected: String, signature: String) throws(SignatureFault) {
    let limits = JSONLimits(maxBytes: 8192, maxDepth: 8, maxValues: 256)
    guard let bytes = Base64URL.decode(protected.utf8), let header = try? JSONValue(parsing: bytes, limits: limits),
      header.kind == .object
    else { throw SignatureFault(reason: "its header is no JSON object in base64url") }
    guard let decoded = Base64URL.decode(signature.utf8) else {
      throw SignatureFault(reason: "it is not in base64url")
    }
    self.header = header
    self.protected = protected
    self.signature = decoded
  }

  /// Throws when none of the keys has made it over this payload.
  package func verify(_ payload: [UInt8], _ keys: KeySet) throws(SignatureFault) {
    guard header["crit"] == nil, header["b64"] == nil else {
      throw SignatureFault(reason: "its header asks for an extension that is not known here")
    }
    guard let algorithm = header["alg"]?.string.flatMap(TokenAlgorithm.init(named:)), let scheme = algorithm.scheme
    else { throw SignatureFault(reason: "it is not made with RS256, PS256, ES256 or EdDSA") }
    let candidates: [VerificationKey]
    switch keys.candidates(for: TokenHeader(algorithm: algorithm, keyID: header["kid"]?.string)) {
    case .keys(let keys): candidates = keys
    case .misfits: throw SignatureFault(reason: "the key that it names is not for the way in which it is made")
    case .none: throw SignatureFault(reason: "none of the keys is the one that it names")
    }
    let signed = Array((protected + "." + Base64URL.encode(payload)).utf8)
    guard candidates.contains(where: { $0.key.verifies(signature, of: signed, by: scheme) }) else {
      throw SignatureFault(reason: "it does not fit")
    }
  }
}

/// Why a signature is not good.
package struct SignatureFault: Error, Sendable, Equatable {
  /// A clause that begins with what "it", the signature, is or has.
  package let reason: String
}
