import JSON

/// Reads keys as RFC 7517, RFC 7518 section 6 and RFC 8037 write them.
enum JWK {
  /// Why a key cannot be used here: a clause behind "key 3".
  struct Unusable: Error {
    let reason: String

    init(_ reason: String) { self.reason = reason }
  }

  /// A member that belongs to the private half of a key pair, if there is one. Symmetric keys (`oct`) have no halves.
  static func privateMember(of key: JSONValue) -> String? {
    guard key["kty"]?.string != "oct" else { return nil }
    return ["d", "p", "q", "dp", "dq", "qi", "oth"].first { key[$0] != nil }
  }

  static func verificationKey(_ key: JSONValue) throws(Unusable) -> VerificationKey {
    guard let kind = key["kty"]?.string else { throw Unusable("has no kty") }
    let possible: Set<TokenAlgorithm>
    let make: () throws(Unusable) -> PublicKey
    switch kind {
    case "RSA":
      possible = [.rs256, .ps256]
      make = { () throws(Unusable) in try rsa(key) }
    case "EC":
      try requireCurve("P-256", of: key)
      possible = [.es256]
      make = { () throws(Unusable) in try p256(key) }
    case "OKP":
      try requireCurve("Ed25519", of: key)
      possible = [.edDSA]
      make = { () throws(Unusable) in try ed25519(key) }
    default: throw Unusable("is of a kind (kty) that is not used here")
    }
    let algorithms = try self.algorithms(of: key, possible)
    try requirePurpose("verify", of: key)
    return VerificationKey(id: try keyID(of: key), algorithms: algorithms, key: try make())
  }

  /// Those that the kind of key can, or the one that the key says it is for (RFC 7517 section 4.4).
  static func algorithms(
    of key: JSONValue, _ possible: Set<TokenAlgorithm>
  ) throws(Unusable) -> Set<TokenAlgorithm> {
    guard let named = key["alg"] else { return possible }
    guard let algorithm = named.string.flatMap(TokenAlgorithm.init(named:)), possible.contains(algorithm) else {
      throw Unusable("is for an algorithm (alg) that is not used here, or not its kind's")
    }
    return [algorithm]
  }

  /// What the key says it is for (RFC 7517 sections 4.2 and 4.3).
  static func requirePurpose(_ operation: String, of key: JSONValue) throws(Unusable) {
    if let use = key["use"], !use.equalsString("sig") { throw Unusable("is not for signatures (use)") }
    guard let operations = key["key_ops"] else { return }
    guard operations.elements.contains(where: { $0.equalsString(operation) }) else {
      throw Unusable("is not there to \(operation) (key_ops)")
    }
  }

  static func keyID(of key: JSONValue) throws(Unusable) -> String? {
    guard let value = key["kid"] else { return nil }
    guard let id = value.string, id.utf8.count <= TokenHeader.longestKeyID else {
      throw Unusable("has a kid that is no text of up to \(TokenHeader.longestKeyID) bytes")
    }
    return id
  }

  private static func requireCurve(_ curve: String, of key: JSONValue) throws(Unusable) {
    guard key["crv"]?.equalsString(curve) == true else {
      throw Unusable("is on a curve (crv) that is not used here; \(curve) is")
    }
  }

  // MARK: Numbers

  private static func rsa(_ key: JSONValue) throws(Unusable) -> PublicKey {
    let modulus = Array(try bytes("n", of: key).drop { $0 == 0 })
    let exponent = Array(try bytes("e", of: key).drop { $0 == 0 })
    let bits = modulus.count * 8 - (modulus.first?.leadingZeroBitCount ?? 0)
    guard bits >= 2048 else { throw Unusable("is RSA with \(bits) bits, and less than 2048 are not safe") }
    guard bits <= 8192, exponent.count <= 8 else {
      throw Unusable(
        "is RSA with more than 8192 bits, or with an exponent of more than 64, which takes too long to check")
    }
    return try sound { () throws(OpenSSLError) in try .rsa(modulus: modulus, exponent: exponent) }
  }

  private static func p256(_ key: JSONValue) throws(Unusable) -> PublicKey {
    let (x, y) = (try bytes("x", of: key, count: 32), try bytes("y", of: key, count: 32))
    return try sound { () throws(OpenSSLError) in try .p256(x: x, y: y) }
  }

  private static func ed25519(_ key: JSONValue) throws(Unusable) -> PublicKey {
    let x = try bytes("x", of: key, count: 32)
    return try sound { () throws(OpenSSLError) in try .ed25519(x) }
  }

  /// A member in base64url.
  static func bytes(_ member: String, of key: JSONValue, count: Int? = nil) throws(Unusable) -> [UInt8] {
    guard let text = key[member]?.string, let bytes = Base64URL.decode(text.utf8), !bytes.isEmpty,
      count == nil || bytes.count == count
    else { throw Unusable("has no \(member) in base64url" + (count.map { ", of \($0) bytes" } ?? "")) }
    return bytes
  }

  private static func sound(_ make: () throws(OpenSSLError) -> PublicKey) throws(Unusable) -> PublicKey {
    do throws(OpenSSLError) {
      return try make()
    } catch {
      throw Unusable("has numbers that are no sound key")
    }
  }
}
