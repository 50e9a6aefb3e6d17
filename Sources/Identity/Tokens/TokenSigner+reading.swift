import JSON

/// Key pairs from JWKs.
extension TokenSigner {
  /// Reads a private JWK. Errors quote nothing of it.
  /// - Parameter source: names it in sentences.
  package init(privateJWK bytes: [UInt8], source: String) throws(KeySetError) {
    guard let value = try? JSONValue(parsing: bytes), value.kind == .object else {
      throw KeySetError("\(source) is no JWK. Make one with: signalbox token key")
    }
    do throws(JWK.Unusable) {
      try self.init(value)
    } catch {
      throw KeySetError("\(source): this key \(error.reason). Make one with: signalbox token key")
    }
  }

  private init(_ value: JSONValue) throws(JWK.Unusable) {
    let half = try JWK.verificationKey(value)
    guard half.algorithms.count == 1, let algorithm = half.algorithms.first, let scheme = algorithm.scheme else {
      throw JWK.Unusable("does not say which algorithm it is for (alg)")
    }
    try JWK.requirePurpose("sign", of: value)
    let numbers = try JWK.numbers(of: value, scheme)
    let secrets = numbers.publicNumbers.map(\.bytes) + numbers.privateNumbers.map(\.bytes)
    do throws(OpenSSLError) {
      let key: PrivateKey =
        switch scheme {
        case .rsaPKCS1, .rsaPSS: try .rsa(secrets)
        case .ecdsaP256: try .p256(d: secrets[2], x: secrets[0], y: secrets[1])
        case .ed25519: try .ed25519(secrets[1])
        }
      let probe = Array("probe".utf8)
      guard half.key.verifies(try key.sign(probe, by: scheme), of: probe, by: scheme) else {
        throw OpenSSLError(operation: "match the two halves of the key", entries: [])
      }
      self.init(algorithm: algorithm, scheme: scheme, key: key, numbers: numbers, keyID: half.id)
    } catch {
      throw JWK.Unusable("has private numbers that do not belong to its public ones")
    }
  }
}

extension JWK {
  /// The numbers of a private key.
  fileprivate static func numbers(of key: JSONValue, _ scheme: SignatureScheme) throws(Unusable) -> KeyNumbers {
    func read(_ names: String..., count: Int? = nil) throws(Unusable) -> [(name: String, bytes: [UInt8])] {
      var numbers: [(name: String, bytes: [UInt8])] = []
      for name in names { numbers.append((name, try bytes(name, of: key, count: count))) }
      return numbers
    }
    return switch scheme {
    case .rsaPKCS1, .rsaPSS:
      KeyNumbers(
        kind: "RSA", curve: nil, publicNumbers: try read("n", "e"),
        privateNumbers: try read("d", "p", "q", "dp", "dq", "qi"))
    case .ecdsaP256:
      KeyNumbers(
        kind: "EC", curve: "P-256", publicNumbers: try read("x", "y", count: 32),
        privateNumbers: try read("d", count: 32))
    case .ed25519:
      KeyNumbers(
        kind: "OKP", curve: "Ed25519", publicNumbers: try read("x", count: 32), privateNumbers: try read("d", count: 32)
      )
    }
  }
}
