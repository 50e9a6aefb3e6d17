/// What `signalbox policy` tells people of a policy.
extension Policy {
  package var entryCount: Int { entries.count }

  package var names: [String] { entries.compactMap(\.name) }

  /// The line of the entry that decides who this is; nil when none fits.
  package func line(deciding claims: CredentialClaims) -> Int? { fit(claims).map { entries[$0.entry].line } }

  /// A credential that fits the entry with this name, and no entry above it; nil when there is no such entry.
  /// - Parameters:
  ///   - roles: what it says if it is a token; the tenant likewise.
  package func credential(of name: String, roles: [String], tenant: String?) -> CredentialClaims? {
    guard let entry = entries.firstIndex(where: { $0.name == name }) else { return nil }
    // Whichever selector it is, it fits this entry first, or the policy would not have been read.
    return index.filter { $0.value == entry }.keys.min { $0.description < $1.description }?
      .example(roles: roles, tenant: tenant)
  }

  /// The roles that somebody would need one of to be allowed this.
  package func roles(allowing action: Action, on subject: Subject, to principal: Principal) -> [Role] {
    Role.allCases.filter { role in
      Principal(name: principal.name, tenant: principal.tenant, roles: [role], grants: roles[role] ?? [])
        .decide(action, on: subject).isAllowed
    }
  }
}

extension PolicySelector {
  /// A credential with this and nothing else in it; none for a pattern, which has no name.
  fileprivate func example(roles: [String], tenant: String?) -> CredentialClaims? {
    func certificate(uris: [String] = [], dns: [String] = [], fingerprint: String = "") -> CredentialClaims {
      .certificate(
        CertificateClaims(
          uris: uris, dnsNames: dns, fingerprint: fingerprint, serial: "", expires: UnixTime(seconds: 0)))
    }
    return switch self {
    case .uri(let uri): certificate(uris: [uri])
    case .dns(let name): certificate(dns: [name])
    case .fingerprint(let digits): certificate(fingerprint: digits)
    case .subject(let subject, let issuer):
      .token(
        TokenClaims(
          issuer: issuer ?? "", subject: subject, tenant: tenant, roles: roles, expires: UnixTime(seconds: 0), id: nil))
    case .link(let name): .link(name: name)
    case .urisBelow, .anySubject: nil
    }
  }
}
