extension TokenAlgorithm {
  /// Reads `alg` of a token or a key, exactly as it is written. RFC 9864 calls EdDSA on this curve Ed25519 and wants the old name given
  /// up; both are in use, and mean the same here, where there is no other curve.
  init?(named name: String) {
    self.init(rawValue: name == "Ed25519" ? Self.edDSA.rawValue : name)
  }

  /// How key pairs sign; nil for what is done with a secret.
  var scheme: SignatureScheme? {
    switch self {
    case .rs256: .rsaPKCS1
    case .ps256: .rsaPSS
    case .es256: .ecdsaP256
    case .edDSA: .ed25519
    case .hs256: nil
    }
  }
}
