import JSON

/// The numbers of a key pair, by the names that they have in a JWK. Its description shows none of them.
struct KeyNumbers: Sendable, CustomStringConvertible, CustomReflectable {
  let kind: String
  let curve: String?
  let publicNumbers: [(name: String, bytes: [UInt8])]
  let privateNumbers: [(name: String, bytes: [UInt8])]

  init(
    kind: String, curve: String?, publicNumbers: [(name: String, bytes: [UInt8])],
    privateNumbers: [(name: String, bytes: [UInt8])]
  ) {
    self.kind = kind
    self.curve = curve
    self.publicNumbers = publicNumbers
    self.privateNumbers = privateNumbers
  }

  init(of key: PrivateKey, _ scheme: SignatureScheme) throws(OpenSSLError) {
    switch scheme {
    case .rsaPKCS1, .rsaPSS:
      self.init(
        kind: "RSA", curve: nil, publicNumbers: [("n", try key.number("n")), ("e", try key.number("e"))],
        privateNumbers: [
          ("d", try key.number("d")), ("p", try key.number("rsa-factor1")), ("q", try key.number("rsa-factor2")),
          ("dp", try key.number("rsa-exponent1")), ("dq", try key.number("rsa-exponent2")),
          ("qi", try key.number("rsa-coefficient1")),
        ])
    case .ecdsaP256:
      self.init(
        kind: "EC", curve: "P-256",
        publicNumbers: [
          ("x", try key.number("qx", length: 32)),
          ("y", try key.number("qy", length: 32)),
        ], privateNumbers: [("d", try key.number("priv", length: 32))])
    case .ed25519:
      let halves = try key.ed25519Halves()
      self.init(
        kind: "OKP", curve: "Ed25519", publicNumbers: [("x", halves.public)], privateNumbers: [("d", halves.private)])
    }
  }

  /// The digest of what the key cannot do without, its members in the order of the alphabet (RFC 7638).
  var thumbprint: String {
    let members =
      [("kty", kind)] + (curve.map { [("crv", $0)] } ?? [])
      + publicNumbers.map { ($0.name, Base64URL.encode($0.bytes)) }
    var writer = JSONWriter()
    writer.object { for (name, value) in members.sorted(by: { $0.0 < $1.0 }) { $0.member(name, value) } }
    return Base64URL.encode(Digest.sha256(writer.bytes))
  }

  func writeMembers(to writer: inout JSONWriter, includingPrivate: Bool) {
    writer.member("kty", kind)
    writer.member("crv", ifPresent: curve)
    for (name, bytes) in publicNumbers + (includingPrivate ? privateNumbers : []) {
      writer.member(name, Base64URL.encode(bytes))
    }
  }

  var description: String { "KeyNumbers(hidden)" }

  var customMirror: Mirror { Mirror(self, children: []) }
}
