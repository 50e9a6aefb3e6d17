package import JSON

/// Signs tokens with a key pair of its own: for development, for services that issue tokens to themselves, and for tests.
package struct TokenSigner: Sendable, CustomStringConvertible, CustomReflectable {
  package let algorithm: TokenAlgorithm
  /// `kid` of the tokens and of the key: its thumbprint (RFC 7638), unless its file says otherwise.
  package let keyID: String
  let key: PrivateKey
  let numbers: KeyNumbers
  private let scheme: SignatureScheme

  init(
    algorithm: TokenAlgorithm, scheme: SignatureScheme, key: PrivateKey, numbers: KeyNumbers, keyID: String?
  ) {
    self.algorithm = algorithm
    self.scheme = scheme
    self.key = key
    self.numbers = numbers
    self.keyID = keyID ?? numbers.thumbprint
  }

  /// Makes a key pair. RSA keys have 3072 bits and take a while.
  /// - Parameter algorithm: any but HS256, which has no pair.
  package static func generate(_ algorithm: TokenAlgorithm) throws -> TokenSigner {
    guard let scheme = algorithm.scheme else {
      throw KeySetError("\(algorithm.rawValue) has no key pair; choose ES256, EdDSA, RS256 or PS256.")
    }
    let key: PrivateKey =
      switch scheme {
      case .ecdsaP256: try .generate()
      case .ed25519: try .generateEd25519()
      case .rsaPKCS1, .rsaPSS: try .generateRSA(bits: 3072)
      }
    return TokenSigner(
      algorithm: algorithm, scheme: scheme, key: key, numbers: try KeyNumbers(of: key, scheme), keyID: nil)
  }

  /// A token that says what `claims` says; its header names the algorithm and the key.
  package func sign(_ claims: JSONValue) throws -> String {
    var header = JSONWriter()
    header.object {
      $0.member("alg", algorithm.rawValue)
      $0.member("kid", keyID)
      $0.member("typ", "JWT")
    }
    return try sign(header: header.bytes, payload: Array(claims.bytes))
  }

  /// Any bytes as header and payload.
  func sign(header: [UInt8], payload: [UInt8]) throws(OpenSSLError) -> String {
    let signed = Base64URL.encode(header) + "." + Base64URL.encode(payload)
    return signed + "." + Base64URL.encode(try key.sign(Array(signed.utf8), by: scheme))
  }

  package var description: String { "TokenSigner(\(algorithm.rawValue), \(keyID))" }

  package var customMirror: Mirror { Mirror(self, children: []) }
}
