import JSON

/// Public keys of an issuer (RFC 7517), and, where configured, a secret for HS256.
package struct KeySet: Sendable {
  let keys: [VerificationKey]
  let secret: TokenSecret?
  /// Why keys of the set cannot be used here, a clause for each.
  package let leftOut: [String]

  /// No keys: no token is good.
  package static let empty = KeySet(keys: [], secret: nil, leftOut: [])

  /// The longest set that is read, in bytes.
  package static let sizeLimit = 65_536
  private static let countLimit = 100
  /// So many keys are tried with one token at most.
  private static let triesLimit = 16

  private init(keys: [VerificationKey], secret: TokenSecret?, leftOut: [String]) {
    self.keys = keys
    self.secret = secret
    self.leftOut = leftOut
  }

  /// Reads a JWK set. Keys of kinds that are not used here are left out; a set without one that can be used is refused, and so is one
  /// that gives a private key away.
  package init(jwks bytes: [UInt8], source: String) throws(KeySetError) {
    guard bytes.count <= Self.sizeLimit else {
      throw KeySetError("\(source) has more than \(Self.sizeLimit) bytes; publish fewer keys.")
    }
    let set: JSONValue
    do throws(JSONError) {
      set = try JSONValue(parsing: bytes, limits: JSONLimits(maxBytes: Self.sizeLimit, maxDepth: 8, maxValues: 8192))
    } catch {
      throw KeySetError("\(source) is no JWK set. \(error)")
    }
    guard let list = set["keys"], list.kind == .array else {
      throw KeySetError(
        "\(source) is no JWK set: it has no list named keys. Give the set (jwks_uri), not a single key.")
    }
    guard list.count <= Self.countLimit else {
      throw KeySetError("\(source) has \(list.count) keys; at most \(Self.countLimit) are taken. Publish fewer keys.")
    }
    var keys: [VerificationKey] = []
    var leftOut: [String] = []
    for (index, element) in list.elements.enumerated() {
      if let member = JWK.privateMember(of: element) {
        throw KeySetError(
          """
          \(source) gives away the private half of key \(index + 1) (member \(member)), so it is no secret any more. Make a new key, \
          publish its public half alone, and trust the old one no longer.
          """)
      }
      do throws(JWK.Unusable) {
        keys.append(try JWK.verificationKey(element))
      } catch {
        leftOut.append("key \(index + 1) \(error.reason)")
      }
    }
    guard !keys.isEmpty else {
      let reasons = leftOut.isEmpty ? "it is empty" : leftOut.prefix(5).joined(separator: "; ")
      throw KeySetError(
        "\(source) has no key that can be used: \(reasons). Publish one for RS256, PS256, ES256 or EdDSA (Ed25519).")
    }
    self.init(keys: keys, secret: nil, leftOut: leftOut)
  }

  /// The same keys, and this secret for HS256.
  package func with(_ secret: TokenSecret?) -> KeySet {
    KeySet(keys: keys, secret: secret, leftOut: leftOut)
  }

  enum Candidates {
    case keys([VerificationKey])
    /// There are keys of that name, none of which is for that algorithm.
    case misfits
    case none
  }

  /// The keys that may have signed a token: those of the name in its header if there is one, and all that are for its algorithm
  /// otherwise.
  func candidates(for header: TokenHeader) -> Candidates {
    let named = header.keyID.map { id in keys.filter { $0.isNamed(id) } } ?? keys
    let fitting = named.filter { $0.algorithms.contains(header.algorithm) }
    guard fitting.isEmpty else { return .keys(Array(fitting.prefix(Self.triesLimit))) }
    return header.keyID != nil && !named.isEmpty ? .misfits : .none
  }
}

/// A key that tokens can be verified with.
struct VerificationKey: Sendable {
  let id: String?
  let algorithms: Set<TokenAlgorithm>
  let key: PublicKey

  /// Byte for byte: names that merely look alike are two.
  func isNamed(_ id: String) -> Bool {
    self.id.map { $0.utf8.elementsEqual(id.utf8) } ?? false
  }
}
