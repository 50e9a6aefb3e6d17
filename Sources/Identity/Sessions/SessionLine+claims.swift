package import JSON

extension JSONWriter {
  /// What a session was opened with, or something else that lasts, as the only member of an object.
  package mutating func members(of claims: CredentialClaims) {
    switch claims {
    case .link(let name): object("link") { $0.member("name", name) }
    case .token(let claims): object("token") { $0.members(of: claims) }
    case .certificate(let claims): object("certificate") { $0.members(of: claims) }
    }
  }

  private mutating func members(of claims: TokenClaims) {
    member("issuer", claims.issuer)
    member("subject", claims.subject)
    member("tenant", ifPresent: claims.tenant)
    array("roles") { list in for role in claims.roles { list.string(role) } }
    member("expires", claims.expires.seconds)
    member("id", ifPresent: claims.id)
  }

  private mutating func members(of claims: CertificateClaims) {
    array("uris") { list in for uri in claims.uris { list.string(uri) } }
    array("dnsNames") { list in for name in claims.dnsNames { list.string(name) } }
    member("fingerprint", claims.fingerprint)
    member("serial", claims.serial)
    member("expires", claims.expires.seconds)
  }
}

extension CredentialClaims {
  /// Nil for everything that `JSONWriter.members(of:)` does not write.
  package init?(_ value: JSONValue) {
    if let name = value["link"]?["name"]?.string {
      self = .link(name: name)
    } else if let token = value["token"] {
      guard let claims = TokenClaims(token) else { return nil }
      self = .token(claims)
    } else {
      guard let claims = value["certificate"].flatMap(CertificateClaims.init(_:)) else { return nil }
      self = .certificate(claims)
    }
  }
}

extension TokenClaims {
  fileprivate init?(_ value: JSONValue) {
    guard let issuer = value["issuer"]?.string, let subject = value["subject"]?.string,
      let roles = value.strings("roles"), let expires = value.time("expires")
    else { return nil }
    self.init(
      issuer: issuer, subject: subject, tenant: value["tenant"]?.string, roles: roles, expires: expires,
      id: value["id"]?.string)
  }
}

extension CertificateClaims {
  fileprivate init?(_ value: JSONValue) {
    guard let uris = value.strings("uris"), let names = value.strings("dnsNames"),
      let fingerprint = value["fingerprint"]?.string, let serial = value["serial"]?.string,
      let expires = value.time("expires")
    else { return nil }
    self.init(uris: uris, dnsNames: names, fingerprint: fingerprint, serial: serial, expires: expires)
  }
}

extension JSONValue {
  func time(_ key: String) -> UnixTime? {
    self[key]?.int.map(UnixTime.init(seconds:))
  }

  fileprivate func strings(_ key: String) -> [String]? {
    guard let list = self[key], list.kind == .array else { return nil }
    let strings = list.elements.compactMap(\.string)
    return strings.count == list.count ? strings : nil
  }
}
