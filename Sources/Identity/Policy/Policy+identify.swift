package enum Identification: Sendable, Equatable {
  case known(Principal)
  /// Why not: a sentence for the log and for `policy explain`.
  case refused(reason: String)
}

extension Policy {
  /// Who this is. The first entry that fits decides; of a certificate, any of its names may be what fits.
  package func identify(_ claims: CredentialClaims) -> Identification {
    guard let fit = fit(claims) else {
      return .refused(reason: "No entry of \(source) fits \(claims.shown).")
    }
    let entry = entries[fit.entry]
    let place = "\(source) line \(entry.line)"
    guard !entry.isDisabled else {
      return .refused(reason: "The entry on \(place) has disabled whoever shows \(claims.shown).")
    }
    guard let name = entry.name ?? fit.name else {
      preconditionFailure("The reader asks for a name where no pattern gives one.")
    }
    let tenant: String?
    switch (entry.tenant, claims) {
    case (.none, _): tenant = nil
    case (.named(let name), _): tenant = name
    case (.claim, .token(let claims)):
      tenant = claims.tenant
      if let tenant, !TextRule.name.isMet(tenant) {
        return .refused(reason: "The token's tenant \(quoted(tenant)) must be \(TextRule.name.expectation).")
      }
    case (.claim, _): preconditionFailure("The reader lets only tokens have claims.")
    }
    let roles = Set(entry.roles.named(in: claims))
    let grants = Role.allCases.filter(roles.contains).flatMap { self.roles[$0] ?? [] } + entry.grants
    return .known(Principal(name: name, tenant: tenant, roles: roles, grants: grants))
  }

  /// Whoever is called that, for work that the configuration gives a name to and nobody shows a credential for. Only names that the policy
  /// itself gives; of several entries with one name, the first.
  package func principal(named name: String) -> Identification {
    guard let entry = entries.first(where: { $0.name == name }) else {
      return .refused(reason: "No entry of \(source) has the name \(quoted(name)).")
    }
    guard !entry.isDisabled else {
      return .refused(reason: "The entry on \(source) line \(entry.line) has disabled \(quoted(name)).")
    }
    let tenant: String? = if case .named(let tenant) = entry.tenant { tenant } else { nil }
    // Claims are what a token says of somebody, and there is none.
    let roles: Set<Role> = if case .named(let roles) = entry.roles { Set(roles) } else { [] }
    let grants = Role.allCases.filter(roles.contains).flatMap { self.roles[$0] ?? [] } + entry.grants
    return .known(Principal(name: name, tenant: tenant, roles: roles, grants: grants))
  }

  /// The first entry that fits, and what somebody is called who has no name in it: of several names of a certificate, the first
  /// that fits the entry.
  func fit(_ claims: CredentialClaims) -> (entry: Int, name: String?)? {
    var first: (entry: Int, name: String?)?
    for selector in claims.selectors {
      for wider in selector.withWider {
        guard let entry = index[wider], entry < first?.entry ?? .max else { continue }
        first = (entry, wider.principalName(of: selector))
      }
    }
    return first
  }
}

extension PolicySelector {
  /// What a pattern calls somebody whom it fits: the credential's own name, with a prefix that no name of the policy can have.
  fileprivate func principalName(of credential: PolicySelector) -> String? {
    switch (self, credential) {
    case (.urisBelow, .uri(let uri)): "certificate:\(uri)"
    case (.anySubject(nil), .subject(let subject, _)): "token:\(subject)"
    // Subjects of two issuers may be equal. An issuer has no `#`, so that the first one ends it.
    case (.anySubject(let issuer?), .subject(let subject, _)): "token@\(issuer)#\(subject)"
    default: nil
    }
  }
}

extension PolicyEntry.Roles {
  fileprivate func named(in claims: CredentialClaims) -> [Role] {
    switch (self, claims) {
    case (.named(let roles), _): roles
    case (.claims, .token(let claims)): claims.roles.compactMap { Role(rawValue: $0) }
    case (.claims, _): []
    }
  }
}

extension CredentialClaims {
  /// For sentences.
  fileprivate var shown: String {
    switch self {
    case .certificate(let claims):
      "a certificate with "
        + [
          Self.shown(claims.uris, "the URI"), Self.shown(claims.dnsNames, "the DNS name"),
          TextRule.fingerprint.isMet(claims.fingerprint) ? "the fingerprint \(claims.fingerprint)" : nil,
        ].compactMap(\.self).joined(separator: " and ")
    case .token(let claims): "a token of \(quoted(claims.issuer)) for the subject \(quoted(claims.subject))"
    case .link(let name): "a sign-in link for \(quoted(name))"
    }
  }

  /// Nil without any.
  private static func shown(_ names: [String], _ what: String) -> String? {
    names.first.map { "\(what) \(quoted($0))" + (names.count == 1 ? "" : " (of \(names.count))") }
  }
}
