/// What an entry of the policy looks for in a credential.
enum PolicySelector: Hashable, Sendable {
  case uri(String)
  /// All URIs that go on behind this, which ends in a slash.
  case urisBelow(String)
  case dns(String)
  case fingerprint(String)
  /// Without an issuer: whichever of the configured ones has signed.
  case subject(String, issuer: String?)
  case anySubject(issuer: String?)
  case link(String)

  /// Fits many, whose names nobody has written down.
  var isPattern: Bool {
    switch self {
    case .urisBelow, .anySubject: true
    case .uri, .dns, .fingerprint, .subject, .link: false
    }
  }

  /// This one, and all that fit whatever this one fits. That is all there is to matching: a credential fits an entry when the narrowest
  /// selectors of the credential have one of the entry's among these, and an entry is hidden when one above it has.
  var withWider: [PolicySelector] {
    switch self {
    case .uri(let uri), .urisBelow(let uri): [self] + Self.folders(above: uri).map { .urisBelow($0) }
    case .subject(let subject, let issuer?):
      [self, .subject(subject, issuer: nil), .anySubject(issuer: issuer), .anySubject(issuer: nil)]
    case .subject(_, nil): [self, .anySubject(issuer: nil)]
    case .anySubject(_?): [self, .anySubject(issuer: nil)]
    case .anySubject(nil), .dns, .fingerprint, .link: [self]
    }
  }

  /// What stands before each slash that has something behind it, with the slash.
  private static func folders(above uri: String) -> [String] {
    let bytes = uri.utf8
    return bytes.indices.dropLast().filter { bytes[$0] == UInt8(ascii: "/") }.map { String(uri[...$0]) }
  }
}

extension PolicySelector: CustomStringConvertible {
  var description: String {
    switch self {
    case .uri(let uri): "the certificate URI \(quoted(uri))"
    case .urisBelow(let folder): "the certificate URI \(quoted(folder + "*"))"
    case .dns(let name): "the certificate DNS name \(quoted(name))"
    case .fingerprint(let digits): "the certificate fingerprint \(digits)"
    case .subject(let subject, nil): "the token subject \(quoted(subject))"
    case .subject(let subject, let issuer?): "the token subject \(quoted(subject)) of \(quoted(issuer))"
    case .anySubject(nil): "the token subject \"*\""
    case .anySubject(let issuer?): "the token subject \"*\" of \(quoted(issuer))"
    case .link(let name): "the sign-in link of \(quoted(name))"
    }
  }
}

extension CredentialClaims {
  /// The narrowest selectors that fit this credential.
  ///
  /// A text that is not printable ASCII fits none: Swift compares by canonical equivalence, under which a KELVIN SIGN is a K.
  var selectors: [PolicySelector] {
    switch self {
    case .certificate(let claims):
      [.fingerprint(claims.fingerprint)] + claims.uris.filter(TextRule.uri.isMet).map { .uri($0) }
        + claims.dnsNames.map { $0.lowercased() }.filter(TextRule.dns.isMet).map { .dns($0) }
    case .token(let claims):
      TextRule.subject.isMet(claims.subject) ? [.subject(claims.subject, issuer: claims.issuer)] : []
    case .link(let name):
      TextRule.name.isMet(name) ? [.link(name)] : []
    }
  }
}
